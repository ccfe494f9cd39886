package io.berth.compat;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.util.function.Consumer;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The operator's live view of what devices say.
final class Tail implements AutoCloseable {
    /// @param payload as text
    record Line(String device, String dialect, String kind, String topic, int qos, String payload) {
        static Line of(JsonNode json) {
            return new Line(
                    json.path("device").asString(),
                    json.path("dialect").asString(),
                    json.path("kind").asString(),
                    json.path("topic").asString(),
                    json.path("qos").asInt(),
                    json.path("payload").asString());
        }
    }

    private final InputStream stream;
    private final Arrivals<Line> lines = new Arrivals<>();

    Tail(InputStream stream, Consumer<Line> reader) {
        this.stream = stream;
        Thread.ofVirtual().name("tail").start(() -> follow(reader.andThen(lines::add)));
    }

    Line take(String what, Predicate<Line> wanted) {
        return lines.take(what, wanted);
    }

    @Override
    public void close() throws IOException {
        stream.close();
    }

    private void follow(Consumer<Line> reader) {
        try (var text = new BufferedReader(new InputStreamReader(stream, UTF_8))) {
            text.lines()
                    .filter(line -> !line.isBlank())
                    .map(line -> Line.of(JsonMapper.shared().readTree(line)))
                    .forEach(reader);
        } catch (IOException | UncheckedIOException e) {
            // closed by us, or the server has gone: then whoever waits for a line says so
        }
    }
}
