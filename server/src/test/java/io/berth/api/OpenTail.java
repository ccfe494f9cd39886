package io.berth.api;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// The open answer of a tail.
final class OpenTail implements AutoCloseable {
    final int status;
    private final InputStream bytes;
    private final BufferedReader reader;

    OpenTail(int status, InputStream bytes) {
        this.status = status;
        this.bytes = bytes;
        this.reader = new BufferedReader(new InputStreamReader(bytes, StandardCharsets.UTF_8));
    }

    /// The next line, heartbeats included; null at the end.
    @Nullable
    String line() throws IOException {
        return reader.readLine();
    }

    JsonNode next() throws IOException {
        String line = line();
        while (line != null && line.isBlank()) {
            line = line();
        }
        return ApiServer.JSON.readTree(Optional.ofNullable(line).orElseThrow());
    }

    @Override
    public void close() throws IOException {
        bytes.close();
    }
}
