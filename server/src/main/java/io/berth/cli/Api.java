package io.berth.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.HttpRetryException;
import java.net.HttpURLConnection;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/// The native API of one server. Every answer but success is a [RefusedException] with the server's reason.
final class Api {
    /// The server pages its listings and gives at most this many items at once.
    static final int PAGE = 1000;

    /// How long a call may take beyond the time its command allows the device.
    static final Duration PATIENCE = Duration.ofSeconds(30);

    /// Several heartbeats of the server.
    private static final Duration SILENCE = Duration.ofSeconds(60);

    private static final int CHUNK_BYTES = 64 * 1024;

    private static final Duration CONNECT_PATIENCE = Duration.ofSeconds(10);

    static {
        // HttpURLConnection silently repeats a POST whose connection broke; a message would go out twice
        System.setProperty("sun.net.http.retryPost", "false");
    }

    private final Endpoint endpoint;

    Api(Endpoint endpoint) {
        this.endpoint = endpoint;
    }

    JsonObject get(Route route) {
        return call("GET", route, null, PATIENCE);
    }

    JsonObject post(Route route, JsonObject body) {
        return call("POST", route, Body.of(body), PATIENCE);
    }

    /// Sends a file as it is.
    JsonObject upload(Route route, byte[] file) {
        return call("POST", route, new Body("application/octet-stream", file), PATIENCE);
    }

    /// A call that waits for a device up to `patience`.
    JsonObject post(Route route, JsonObject body, Duration patience) {
        return call("POST", route, Body.of(body), patience.plus(PATIENCE));
    }

    JsonObject delete(Route route) {
        return call("DELETE", route, null, PATIENCE);
    }

    /// Hands over a listing page by page until it ends or `limit` items were given.
    void list(Route route, long limit, Consumer<List<JsonObject>> page) {
        long left = limit;
        Optional<String> after = Optional.empty();
        do {
            JsonObject answer =
                    get(route.copy().with("limit", Math.min(left, PAGE)).with("after", after.orElse(null)));
            List<JsonObject> items = answer.objects("items");
            List<JsonObject> wanted = items.subList(0, (int) Math.min(left, items.size()));
            page.accept(wanted);
            left -= wanted.size();
            after = answer.find("next");
        } while (after.isPresent() && left > 0);
    }

    /// Opens an answer that comes line by line; a server too quiet for a heartbeat counts as gone.
    AnswerLines follow(Route route) {
        HttpURLConnection connection = open("GET", route, SILENCE);
        return new AnswerLines(answer(connection, null), this::broken);
    }

    /// Sends a text of any length and opens the answer that comes line by line once it was sent.
    AnswerLines send(Route route, String type, InputStream text) {
        HttpURLConnection connection = open("POST", route, SILENCE);
        connection.setRequestProperty("Content-Type", type);
        connection.setDoOutput(true);
        connection.setChunkedStreamingMode(CHUNK_BYTES);
        try (OutputStream body = connection.getOutputStream()) {
            text.transferTo(body);
        } catch (IOException e) {
            throw broken(e);
        }
        return new AnswerLines(answer(connection, null), this::broken);
    }

    // an array, because it goes straight to a stream and is never compared
    @SuppressWarnings("ArrayRecordComponent")
    private record Body(String type, byte[] bytes) {
        static Body of(JsonObject object) {
            return new Body("application/json", object.toString().getBytes(StandardCharsets.UTF_8));
        }
    }

    private JsonObject call(String method, Route route, @Nullable Body body, Duration patience) {
        HttpURLConnection connection = open(method, route, patience);
        if (body != null) {
            connection.setRequestProperty("Content-Type", body.type());
        }
        try (InputStream answer = answer(connection, body == null ? null : body.bytes())) {
            return object(new String(answer.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw broken(e);
        }
    }

    private JsonObject object(String text) {
        try {
            return text.isBlank() ? new JsonObject() : Json.read(text);
        } catch (IllegalArgumentException _) {
            throw stranger("text that is not JSON");
        }
    }

    private HttpURLConnection open(String method, Route route, Duration patience) {
        try {
            HttpURLConnection connection = (HttpURLConnection)
                    URI.create(endpoint.url() + "/api/v1" + route).toURL().openConnection();
            if (connection instanceof HttpsURLConnection secure
                    && endpoint.authority().isPresent()) {
                secure.setSSLSocketFactory(
                        Authority.trusting(endpoint.authority().get()));
            }
            connection.setRequestMethod(method);
            connection.setRequestProperty("Accept", "application/json");
            connection.setRequestProperty("Authorization", "Bearer " + endpoint.token());
            connection.setConnectTimeout((int) CONNECT_PATIENCE.toMillis());
            connection.setReadTimeout((int) Math.min(patience.toMillis(), Integer.MAX_VALUE));
            connection.setInstanceFollowRedirects(false);
            return connection;
        } catch (IOException e) {
            throw broken(e);
        }
    }

    private InputStream answer(HttpURLConnection connection, byte @Nullable [] body) {
        try {
            if (body != null) {
                connection.setDoOutput(true);
                connection.setFixedLengthStreamingMode(body.length);
                connection.getOutputStream().write(body);
            }
            int status = connection.getResponseCode();
            if (status >= 200 && status < 300) {
                return connection.getInputStream();
            }
            throw refusal(connection, status);
        } catch (HttpRetryException e) {
            throw refusal(connection, e.responseCode());
        } catch (IOException e) {
            throw broken(e);
        }
    }

    private RefusedException refusal(HttpURLConnection connection, int status) {
        if (status == HttpURLConnection.HTTP_UNAUTHORIZED) {
            return new RefusedException(
                    endpoint.url() + " does not accept the token: make one with berth token create");
        }
        try (InputStream error = connection.getErrorStream()) {
            JsonObject problem = error == null
                    ? new JsonObject()
                    : Json.read(new String(error.readAllBytes(), StandardCharsets.UTF_8));
            return problem.find("detail")
                    .or(() -> problem.find("title"))
                    .map(reason -> new RefusedException(reason + remedy(problem)))
                    .orElseGet(() -> stranger("status " + status));
        } catch (IOException | IllegalArgumentException _) {
            return stranger("status " + status);
        }
    }

    /// What the operator may do about it, where that is always the same.
    private static String remedy(JsonObject problem) {
        boolean named = problem.find("problem").equals(Optional.of("PRODUCT_NOT_FOUND"));
        return named ? "; a product goes by its key, which berth product list shows" : "";
    }

    private RefusedException stranger(String answer) {
        return new RefusedException(endpoint.url() + " does not speak like a Berth server: it answered " + answer);
    }

    private RefusedException broken(IOException e) {
        return switch (e) {
            case ConnectException _, NoRouteToHostException _, UnknownHostException _ ->
                new RefusedException(endpoint.whenSilent());
            case SocketTimeoutException _ ->
                new RefusedException(endpoint.url() + " did not answer in time: look at the server's log");
            case SSLException _ ->
                new RefusedException("no trusted TLS connection to " + endpoint.url() + ": " + e.getMessage()
                        + " (name its root certificate with --ca FILE)");
            default -> new RefusedException("the connection to " + endpoint.url() + " broke: " + e.getMessage());
        };
    }
}
