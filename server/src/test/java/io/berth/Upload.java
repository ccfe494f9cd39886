package io.berth;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// A list that an operator sends to the native API, and that does not end by itself.
final class Upload implements AutoCloseable {
    private static final int AHEAD = 1 << 20;

    private final HttpClient client = HttpClient.newHttpClient();
    private final PipedOutputStream body = new PipedOutputStream();
    private final CompletableFuture<Integer> status;

    private Upload(JsonNode runtime, String path) throws IOException {
        PipedInputStream sent = new PipedInputStream(body, AHEAD);
        String token = Files.readString(Path.of(runtime.path("tokenFile").stringValue()));
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(runtime.path("url").stringValue() + "/api/v1" + path))
                .header("Authorization", "Bearer " + token.strip())
                .header("Content-Type", "text/csv")
                .POST(BodyPublishers.ofInputStream(() -> sent))
                .build();
        status = client.sendAsync(request, BodyHandlers.discarding()).thenApply(answer -> answer.statusCode());
    }

    static Upload begin(ServerProcess server, String path) throws IOException {
        return new Upload(server.runtime(), path);
    }

    /// Sends these, as many as there is room for ahead of the server.
    void lines(Stream<String> lines) throws IOException {
        for (String line : (Iterable<String>) lines::iterator) {
            body.write((line + "\n").getBytes(StandardCharsets.US_ASCII));
        }
        body.flush();
    }

    /// The server ended without an answer; the client hears of it when it goes on sending.
    void isCut() throws IOException {
        body.close();
        assertThat(status.orTimeout(20, TimeUnit.SECONDS)
                        .handle((code, _) -> code)
                        .join())
                .isNull();
    }

    @Override
    public void close() throws IOException {
        body.close();
        client.shutdownNow();
    }
}
