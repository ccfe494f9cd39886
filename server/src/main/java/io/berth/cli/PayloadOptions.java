package io.berth.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The payload of a message, given in exactly one of three ways.
final class PayloadOptions {
    /// More than any device wire carries, and little enough to hold; the server knows the exact bound.
    private static final int MAX_BYTES = 16 * 1024 * 1024;

    @Option(names = "--text", paramLabel = "S", required = true, description = "The payload as text.")
    private @Nullable String text;

    @Option(names = "--base64", paramLabel = "B", required = true, description = "The payload in Base64.")
    private @Nullable String base64;

    @Option(names = "--file", paramLabel = "F", required = true, description = "The file that holds the payload.")
    private @Nullable Path file;

    JsonObject addTo(JsonObject body) {
        return body.with("text", text).with("base64", file == null ? base64 : content(file));
    }

    private static String content(Path file) {
        try (InputStream bytes = Files.newInputStream(file)) {
            byte[] content = bytes.readNBytes(MAX_BYTES + 1);
            if (content.length > MAX_BYTES) {
                throw new RefusedException(file + " is too long for a message");
            }
            return Base64.getEncoder().encodeToString(content);
        } catch (IOException e) {
            throw RefusedException.unreadable(file, e);
        }
    }
}
