package io.berth.compat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A thing on Alibaba's Node SDK, with a model, and what an application sees of it.
@ExtendWith(SharedServer.class)
final class NodeThingTest {
    private static final String PRODUCT = "a1NodeThing";
    private static final String CONFIGURED = "a1NodeConfig";

    private final BerthServer berth;

    NodeThingTest(BerthServer berth) {
        this.berth = berth;
    }

    @BeforeAll
    static void make_products(BerthServer berth) throws IOException {
        NodeSdkDevice.install();
        berth.api().createProduct(PRODUCT);
        berth.api().createProduct(CONFIGURED);
        TestModel.publish(berth, PRODUCT, "lamp.tsl.json");
    }

    @Test
    void what_it_posts_is_kept_with_its_history() throws IOException {
        try (NodeSdkDevice lamp = start("props")) {
            isSuccess(lamp.postProps(Map.of("temperature", 21.5, "on", 1)));
            isSuccess(lamp.postProps(Map.of("temperature", 22)));
            JsonNode kept = berth.api().state(lamp.identity()).path("properties");
            assertThat(kept.path("temperature").path("value").asDouble()).isEqualTo(22);
            assertThat(kept.path("temperature").path("version").asInt()).isEqualTo(2);
            assertThat(kept.path("on").path("value").asBoolean()).isTrue();
            assertThat(kept.path("on").path("version").asInt()).isEqualTo(1);
            assertThat(berth.api().history(lamp.identity(), "temperature").valueStream())
                    .extracting(point -> point.path("value").asDouble())
                    .containsExactly(22.0, 21.5);
        }
    }

    @Test
    void a_value_out_of_bounds_is_left_out_and_the_rest_kept() throws IOException {
        try (NodeSdkDevice lamp = start("bounds")) {
            isSuccess(lamp.postProps(Map.of("brightness", 500, "temperature", 20)));
            assertThat(berth.api().state(lamp.identity()).path("properties").propertyNames())
                    .containsExactly("temperature");
            assertThat(berth.api().history(lamp.identity(), "brightness")).isEmpty();
        }
    }

    @Test
    void an_event_it_posts_is_kept() throws IOException {
        try (NodeSdkDevice lamp = start("event")) {
            isSuccess(postEvent(lamp, "overheated", Map.of("celsius", 90.5)));
            JsonNode happened = berth.api().events(lamp.identity(), "overheated");
            assertThat(happened).hasSize(1);
            assertThat(happened.path(0).path("value").path("celsius").asDouble())
                    .isEqualTo(90.5);
        }
    }

    @Test
    void hears_that_an_event_is_unknown() throws IOException {
        try (NodeSdkDevice lamp = start("event-unknown")) {
            assertThat(postEvent(lamp, "exploded", Map.of()).path("code").asInt())
                    .isEqualTo(5160);
        }
    }

    @Test
    void sets_properties_for_an_application_that_waits() throws IOException {
        try (NodeSdkDevice lamp = start("set")) {
            lamp.obey(200);
            JsonNode call = set(lamp, "brightness=40", "on=true");
            assertThat(call.path("state").asString()).isEqualTo("answered");
            assertThat(call.path("succeeded").asBoolean()).isTrue();
            JsonNode request = lamp.take("props").path("request");
            assertThat(request.path("params").toString()).isEqualTo("{\"brightness\":40,\"on\":1}");
        }
    }

    @Test
    void refuses_properties_and_the_application_reads_its_code() throws IOException {
        try (NodeSdkDevice lamp = start("set-refused")) {
            lamp.obey(5001);
            JsonNode call = set(lamp, "brightness=40");
            assertThat(call.path("state").asString()).isEqualTo("answered");
            assertThat(call.path("succeeded").asBoolean()).isFalse();
            assertThat(call.path("code").asString()).isEqualTo("5001");
        }
    }

    @Test
    void answers_a_synchronous_call() throws IOException {
        try (NodeSdkDevice lamp = start("sync")) {
            lamp.serve("blink", Map.of("blinked", 3));
            JsonNode call = call(lamp, "blink", "{\"times\":3}", "--sync");
            assertThat(call.path("state").asString()).isEqualTo("answered");
            assertThat(call.path("output").toString()).isEqualTo("{\"blinked\":3}");
            JsonNode request = lamp.take("called").path("request");
            assertThat(request.path("params").toString()).isEqualTo("{\"times\":3}");
        }
    }

    @Test
    void answers_an_asynchronous_call_later() throws IOException {
        try (NodeSdkDevice lamp = start("async")) {
            lamp.serveAsync("dim", Map.of("brightness", 10));
            JsonNode call = call(lamp, "dim", "{\"seconds\":5}", "--async");
            assertThat(call.path("sync").asBoolean()).isFalse();
            String id = call.path("id").asString();
            await().untilAsserted(() -> {
                JsonNode kept = berth.api().call(lamp.identity(), id);
                assertThat(kept.path("state").asString()).isEqualTo("answered");
                assertThat(kept.path("output").toString()).isEqualTo("{\"brightness\":10}");
            });
        }
    }

    @Test
    void adds_and_deletes_its_tags() throws IOException {
        try (NodeSdkDevice lamp = start("tags")) {
            isSuccess(lamp.ask("postTags", Map.of("tags", List.of(tag("room", "cellar"), tag("floor", "-1")))));
            assertThat(berth.api().tags(lamp.identity()).toString())
                    .isEqualTo("{\"floor\":\"-1\",\"room\":\"cellar\"}");
            isSuccess(lamp.ask("deleteTags", Map.of("keys", List.of("floor"))));
            assertThat(berth.api().tags(lamp.identity()).toString()).isEqualTo("{\"room\":\"cellar\"}");
        }
    }

    @Test
    void fetches_its_configuration_and_gets_it_pushed(@TempDir Path folder) throws Exception {
        String settings = "{\"interval\":30}";
        Path file = Files.writeString(folder.resolve("settings.json"), settings);
        try (NodeSdkDevice lamp = start(CONFIGURED, "config")) {
            assertThat(lamp.ask("getConfig", Map.of()).path("code").asInt()).isEqualTo(6713);

            berth.cli("config", "put", CONFIGURED, file.toString());
            JsonNode reply = lamp.ask("getConfig", Map.of());
            isSuccess(reply);
            assertThat(fetch(reply.path("data").path("url").asString())).isEqualTo(settings);

            berth.cli("config", "push", CONFIGURED, "config");
            JsonNode pushed = lamp.take("config").path("config").path("params");
            assertThat(pushed.path("configId")).isEqualTo(reply.path("data").path("configId"));
            assertThat(fetch(pushed.path("url").asString())).isEqualTo(settings);
        }
    }

    @Test
    void shares_its_shadow_with_the_application() throws IOException {
        try (NodeSdkDevice lamp = start("shadow")) {
            lamp.command("postShadow", Map.of("reported", Map.of("color", "white", "mode", "day")));
            assertThat(shadow(lamp).path("status").asString()).isEqualTo("success");
            JsonNode kept = berth.api().shadow(lamp.identity());
            assertThat(kept.path("reported").path("color").asString()).isEqualTo("white");
            assertThat(kept.path("reported").path("mode").asString()).isEqualTo("day");

            berth.cli("shadow", "set", PRODUCT, "shadow", "{\"color\":\"red\"}");
            JsonNode control = lamp.take("shadow").path("shadow");
            assertThat(control.path("method").asString()).isEqualTo("control");
            assertThat(desired(control)).isEqualTo("{\"color\":\"red\"}");

            lamp.command("getShadow", Map.of());
            JsonNode answer = lamp.take("shadow").path("shadow");
            assertThat(answer.path("method").asString()).isEqualTo("reply");
            assertThat(desired(answer)).isEqualTo("{\"color\":\"red\"}");

            lamp.command("deleteShadow", Map.of("keys", "mode"));
            assertThat(shadow(lamp).path("status").asString()).isEqualTo("success");
            assertThat(reported(lamp)).isEqualTo("{\"color\":\"white\"}");

            lamp.command("deleteShadow", Map.of());
            assertThat(shadow(lamp).path("status").asString()).isEqualTo("success");
            assertThat(reported(lamp)).isEqualTo("{}");
        }
    }

    private NodeSdkDevice start(String name) throws IOException {
        return start(PRODUCT, name);
    }

    private NodeSdkDevice start(String product, String name) throws IOException {
        Identity device = new Identity(product, name, "secret-of-" + name, product + "_" + name);
        berth.api().createDevice(device);
        return NodeSdkDevice.start(berth, device).connected();
    }

    private static JsonNode postEvent(NodeSdkDevice device, String event, Map<String, Object> params) {
        return device.ask("postEvent", Map.of("name", event, "params", params));
    }

    private JsonNode set(NodeSdkDevice device, String... values) throws IOException {
        List<String> words = new ArrayList<>(
                List.of("thing", "set", PRODUCT, device.identity().name()));
        words.addAll(List.of(values));
        words.addAll(List.of("--wait", "30s", "--json"));
        return JsonMapper.shared().readTree(berth.cli(words.toArray(String[]::new)));
    }

    private JsonNode call(NodeSdkDevice device, String service, String input, String way) throws IOException {
        return JsonMapper.shared()
                .readTree(berth.cli(
                        "call", PRODUCT, device.identity().name(), service, input, way, "--timeout", "30s", "--json"));
    }

    private JsonNode shadow(NodeSdkDevice device) {
        return device.take("shadow").path("shadow").path("payload");
    }

    private String reported(NodeSdkDevice device) {
        return berth.api().shadow(device.identity()).path("reported").toString();
    }

    private static String desired(JsonNode shadow) {
        return shadow.path("payload").path("state").path("desired").toString();
    }

    private static String fetch(String url) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString())
                    .body();
        }
    }

    private static Map<String, String> tag(String key, String value) {
        return Map.of("attrKey", key, "attrValue", value);
    }

    private static void isSuccess(JsonNode reply) {
        assertThat(reply.path("code").asInt()).as(reply.toString()).isEqualTo(200);
    }
}
