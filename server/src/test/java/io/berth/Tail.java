package io.berth;

import static org.awaitility.Awaitility.await;

import io.berth.testing.Patience;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// An application that follows live events. Once opened, it misses none.
final class Tail implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final HttpClient client;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final CompletableFuture<Void> end = new CompletableFuture<>();

    private Tail(HttpClient client) {
        this.client = client;
    }

    /// Follows the server on the data directory; the query is the API's, for example `product=a1`.
    static Tail open(Path data, String query) {
        try {
            JsonNode runtime = JSON.readTree(Files.readString(data.resolve(RuntimeFile.NAME)));
            String token = Files.readString(Path.of(runtime.path("tokenFile").stringValue()))
                    .strip();
            HttpRequest request = HttpRequest.newBuilder(
                            URI.create(runtime.path("url").stringValue() + "/api/v1/tail?" + query))
                    .header("Authorization", "Bearer " + token)
                    .build();
            HttpClient client = HttpClient.newHttpClient();
            Tail tail = new Tail(client);
            // the server answers once it listens
            BufferedReader answer = new BufferedReader(new InputStreamReader(
                    client.send(request, BodyHandlers.ofInputStream()).body(), StandardCharsets.UTF_8));
            Thread.ofVirtual().start(() -> tail.follow(answer));
            return tail;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /// The next event, as the server wrote it.
    String line() {
        return await("an event").until(lines::poll, line -> line != null);
    }

    JsonNode event() {
        return JSON.readTree(line());
    }

    /// Waits for the server to end its answer in order.
    void ends() {
        end.orTimeout(Patience.LONG.toSeconds(), TimeUnit.SECONDS).join();
    }

    private void follow(BufferedReader answer) {
        try (answer) {
            for (String line = answer.readLine(); line != null; line = answer.readLine()) {
                if (!line.isEmpty()) {
                    lines.add(line);
                }
            }
            end.complete(null);
        } catch (IOException e) {
            end.completeExceptionally(e);
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
