package io.berth.api;

import io.berth.web.Json;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Lines that wait to be sent, in a temporary file once there is a first one.
final class Spool implements AutoCloseable {
    private static final int BUFFER_BYTES = 64 << 10;

    private @Nullable Path file;
    private @Nullable OutputStream out;

    void add(Object line) throws IOException {
        if (out == null) {
            file = Files.createTempFile("berth-import", ".ndjson");
            out = new BufferedOutputStream(Files.newOutputStream(file), BUFFER_BYTES);
        }
        out.write(Json.write(line));
        out.write('\n');
    }

    void drainTo(OutputStream target) throws IOException {
        if (out != null && file != null) {
            out.flush();
            Files.copy(file, target);
        }
    }

    @Override
    public void close() throws IOException {
        if (out != null && file != null) {
            out.close();
            Files.delete(file);
        }
    }
}
