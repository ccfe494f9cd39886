package io.berth.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Function;

/// An answer of one JSON object a line. Empty lines are the server's heartbeat.
final class AnswerLines implements AutoCloseable {
    private final BufferedReader lines;
    private final Function<IOException, RefusedException> broken;

    AnswerLines(InputStream bytes, Function<IOException, RefusedException> broken) {
        this.lines = new BufferedReader(new InputStreamReader(bytes, StandardCharsets.UTF_8));
        this.broken = broken;
    }

    /// Waits for the next object; empty when the server ended the answer.
    Optional<JsonObject> next() {
        try {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.isBlank()) {
                    return Optional.of(checked(Json.read(line)));
                }
            }
            return Optional.empty();
        } catch (IOException e) {
            throw broken.apply(e);
        } catch (IllegalArgumentException _) {
            throw broken.apply(new IOException("a line of the answer is not JSON"));
        }
    }

    // what goes wrong after the answer began comes as a problem on its last line
    private static JsonObject checked(JsonObject line) {
        if (line.has("problem")) {
            throw new RefusedException(line.find("detail").orElseGet(() -> line.text("problem")));
        }
        return line;
    }

    @Override
    public void close() {
        try {
            lines.close();
        } catch (IOException _) {
            // the answer is over either way
        }
    }
}
