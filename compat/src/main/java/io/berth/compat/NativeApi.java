package io.berth.compat;

import io.berth.compat.Tail.Line;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The calls of Berth's native API that an operator of devices makes. Blocking; any thread.
final class NativeApi {
    /// How long a device may take to answer.
    private static final int ANSWER_MILLIS = (int) Arrivals.PATIENCE.toMillis();

    private static final Duration LIMIT = Duration.ofMinutes(1);

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI root;
    private final String token;

    NativeApi(URI root, String token) {
        this.root = root;
        this.token = token;
    }

    boolean hasProduct(String key) {
        return exchange(request("products/" + key).GET()).statusCode() == 200;
    }

    void createProduct(String key) {
        post("products", Map.of("name", key, "key", key));
    }

    /// @param node `gateway`, or `sub` for devices behind one
    /// @param registers whether gateways may fetch the secrets of its devices
    void createProduct(String key, String node, boolean registers) {
        post("products", Map.of("name", key, "key", key, "node", node, "dynamicRegistration", registers));
    }

    /// A product whose devices fetch their secret with its own, which is answered.
    String createRegisteringProduct(String key) {
        return post("products", Map.of("name", key, "key", key, "dynamicRegistration", true))
                .path("secret")
                .asString();
    }

    /// A product whose devices stand as `node` says: `direct`, `gateway`, `sub`.
    void createProduct(String key, String huaweiId, String node) {
        post("products", Map.of("name", key, "key", key, "huaweiId", huaweiId, "node", node));
    }

    /// The key of the product that Huawei's applications know under this id.
    String productKey(String huaweiId) {
        for (JsonNode product : send(request("products?limit=1000").GET()).path("items")) {
            if (product.path("huaweiId").asString().equals(huaweiId)) {
                return product.path("key").asString();
            }
        }
        throw new IllegalStateException("no product " + huaweiId);
    }

    void addTopic(String product, String topic, String allow) {
        post("products/" + product + "/topics", Map.of("topic", topic, "allow", allow));
    }

    void createAccessKey(String id, String secret) {
        post("accesskeys", Map.of("id", id, "secret", secret));
    }

    /// A consumer group for the messages of a product.
    void createGroup(String name, String format, String product) {
        post(
                "consumer-groups",
                Map.of("name", name, "format", format, "products", List.of(product), "kinds", List.of("message")));
    }

    void createDevice(Identity device) {
        post(
                "products/" + device.product() + "/devices",
                Map.of("name", device.name(), "secret", device.secret(), "huaweiId", device.huaweiId()));
    }

    JsonNode device(Identity device) {
        return send(request(path(device)).GET());
    }

    JsonNode tags(Identity device) {
        return send(request(path(device) + "/tags").GET()).path("tags");
    }

    /// The newest values of a device, and what is wanted of it.
    JsonNode state(Identity device) {
        return send(request(path(device) + "/state").GET());
    }

    /// The values a property had, the newest first.
    JsonNode history(Identity device, String property) {
        return send(request(path(device) + "/history?key=" + property).GET()).path("items");
    }

    /// The times an event happened, the newest first.
    JsonNode events(Identity device, String event) {
        return send(request(path(device) + "/history?kind=event&key=" + event).GET())
                .path("items");
    }

    JsonNode shadow(Identity device) {
        return send(request(path(device) + "/shadow").GET());
    }

    JsonNode call(Identity device, String id) {
        return send(request(path(device) + "/calls/" + id).GET());
    }

    /// The devices behind a gateway.
    JsonNode children(Identity gateway) {
        return send(request(path(gateway) + "/children").GET()).path("items");
    }

    /// Puts a device behind a gateway.
    void addChild(Identity gateway, Identity child) {
        post(path(gateway) + "/children", Map.of("product", child.product(), "device", child.name()));
    }

    void publish(Identity device, String topic, String text) {
        post(path(device) + "/messages", Map.of("topic", topic, "qos", 1, "text", text));
    }

    /// Asks the device on its dialect's own request topic and returns its answer.
    String ask(Identity device, String text) {
        return text(post(path(device) + "/requests", Map.of("text", text, "timeoutMillis", ANSWER_MILLIS)));
    }

    /// Asks on a custom topic.
    String askOn(Identity device, String topic, String text) {
        return text(
                post(path(device) + "/requests", Map.of("topic", topic, "text", text, "timeoutMillis", ANSWER_MILLIS)));
    }

    /// The refused logins of a device, the newest first.
    JsonNode refusals(Identity device) {
        return send(request("refusals?product=" + device.product() + "&device=" + device.name())
                        .GET())
                .path("items");
    }

    /// Everything devices of the product say from now on.
    Tail tail(String product) throws IOException {
        return tail(product, _ -> {});
    }

    /// As [#tail(String)], and the reader gets each line as it comes.
    Tail tail(String product, Consumer<Line> reader) throws IOException {
        return new Tail(stream("tail?product=" + product), reader);
    }

    private static String text(JsonNode answer) {
        return answer.path("text").asString();
    }

    private static String path(Identity device) {
        return "products/" + device.product() + "/devices/" + device.name();
    }

    private InputStream stream(String path) throws IOException {
        try {
            // no limit: the answer goes on until somebody closes it
            return http.send(request(path).GET().build(), BodyHandlers.ofInputStream())
                    .body();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private JsonNode post(String path, Map<String, Object> body) {
        BodyPublisher json = BodyPublishers.ofString(JsonMapper.shared().writeValueAsString(body));
        return send(request(path).header("Content-Type", "application/json").POST(json));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(root.resolve("/api/v1/" + path)).header("Authorization", "Bearer " + token);
    }

    private JsonNode send(HttpRequest.Builder request) {
        HttpResponse<String> answer = exchange(request);
        if (answer.statusCode() >= 300) {
            throw new IllegalStateException(answer.request().method() + " " + answer.uri() + " -> "
                    + answer.statusCode() + " " + answer.body());
        }
        return JsonMapper.shared().readTree(answer.body());
    }

    private HttpResponse<String> exchange(HttpRequest.Builder request) {
        HttpRequest sent = request.timeout(LIMIT).build();
        try {
            return http.send(sent, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(sent.method() + " " + sent.uri(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
