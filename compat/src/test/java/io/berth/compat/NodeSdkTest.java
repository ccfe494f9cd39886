package io.berth.compat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.berth.compat.Tail.Line;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

@ExtendWith(SharedServer.class)
final class NodeSdkTest {
    private static final String PRODUCT = "a1NodeSdk";

    private final BerthServer berth;

    NodeSdkTest(BerthServer berth) {
        this.berth = berth;
    }

    @BeforeAll
    static void make_product(BerthServer berth) throws IOException {
        NodeSdkDevice.install();
        berth.api().createProduct(PRODUCT);
    }

    @Test
    void connects_and_is_online_for_the_operator() throws IOException {
        Identity lamp = register("lamp");
        try (NodeSdkDevice _ = NodeSdkDevice.start(berth, lamp).connected()) {
            assertThat(berth.api().device(lamp).path("status").asString()).isEqualTo("online");
        }
    }

    @Test
    void connects_over_tls_trusting_only_the_servers_root() throws IOException {
        Identity lamp = register("lamp-tls");
        try (NodeSdkDevice device = NodeSdkDevice.startOverTls(berth, lamp).connected();
                Tail tail = berth.api().tail(PRODUCT)) {
            device.publish(lamp.topic("user/update"), "over tls");
            assertThat(messageOf(tail, lamp).payload()).isEqualTo("over tls");
        }
    }

    @Test
    void fetches_its_secret_with_that_of_its_product_and_connects_with_it() throws IOException {
        String productSecret = berth.api().createRegisteringProduct("a1NodeReg");
        Identity lamp = new Identity("a1NodeReg", "lamp-reg", "0123456789abcdef0123456789abcdef", "a1NodeReg_lamp-reg");
        berth.api().createDevice(lamp);

        JsonNode told = NodeSdkDevice.register(berth, lamp, productSecret);
        assertThat(told.path("data").path("deviceSecret").asString()).isEqualTo(lamp.secret());

        try (NodeSdkDevice _ = NodeSdkDevice.start(berth, lamp).connected()) {
            assertThat(NodeSdkDevice.register(berth, lamp, productSecret)
                            .path("code")
                            .asInt())
                    .isEqualTo(6289);
        }
    }

    @Test
    void sends_on_a_custom_topic() throws IOException {
        Identity lamp = register("lamp-up");
        try (NodeSdkDevice device = NodeSdkDevice.start(berth, lamp).connected();
                Tail tail = berth.api().tail(PRODUCT)) {
            device.publish(lamp.topic("user/update"), "{\"lux\":410}");
            assertThat(messageOf(tail, lamp))
                    .isEqualTo(
                            new Line(lamp.name(), "aliyun", "message", lamp.topic("user/update"), 1, "{\"lux\":410}"));
        }
    }

    @Test
    void receives_on_a_custom_topic_it_subscribed() throws IOException {
        Identity lamp = register("lamp-down");
        try (NodeSdkDevice device = NodeSdkDevice.start(berth, lamp).connected()) {
            assertThat(device.subscribe(lamp.topic("user/get"))).containsExactly(1);
            berth.api().publish(lamp, lamp.topic("user/get"), "lights out");
            assertThat(device.message(lamp.topic("user/get")).path("payload").asString())
                    .isEqualTo("lights out");
        }
    }

    @Test
    void may_not_listen_to_another_device() throws IOException {
        Identity lamp = register("lamp-nosy");
        try (NodeSdkDevice device = NodeSdkDevice.start(berth, lamp).connected()) {
            assertThat(device.subscribe("/" + PRODUCT + "/lamp-up/user/get")).containsExactly(128);
        }
    }

    @Test
    void gets_its_callback_when_it_posts_properties() throws IOException {
        Identity lamp = register("lamp-props");
        try (NodeSdkDevice device = NodeSdkDevice.start(berth, lamp).connected();
                Tail tail = berth.api().tail(PRODUCT)) {
            JsonNode reply = device.postProps(Map.of("temperature", 21.5));
            assertThat(reply.path("code").asInt()).isEqualTo(200);
            Line report = tail.take(
                    "a property report",
                    line -> line.device().equals(lamp.name()) && line.kind().equals("property"));
            assertThat(report.payload()).contains("\"params\":{\"temperature\":21.5}");
        }
    }

    @Test
    void is_told_to_set_properties() throws IOException {
        Identity lamp = register("lamp-set");
        try (NodeSdkDevice device = NodeSdkDevice.start(berth, lamp).connected()) {
            berth.api()
                    .publish(
                            lamp,
                            "/sys/" + PRODUCT + "/lamp-set/thing/service/property/set",
                            "{\"id\":\"9\",\"version\":\"1.0.0\",\"method\":\"thing.service.property.set\",\"params\":{\"on\":1}}");
            JsonNode request = device.take("props").path("request");
            assertThat(request.path("params").path("on").asInt()).isEqualTo(1);
        }
    }

    @Test
    void answers_a_synchronous_service_call() throws IOException {
        Identity lamp = register("lamp-service");
        try (NodeSdkDevice device = NodeSdkDevice.start(berth, lamp).connected()) {
            device.serve("blink", Map.of("times", 3));
            String answer = berth.api()
                    .ask(lamp, "{\"id\":\"7\",\"version\":\"1.0\",\"method\":\"thing.service.blink\",\"params\":{}}");
            assertThat(answer).isEqualTo("{\"id\":\"7\",\"code\":200,\"data\":{\"times\":3}}");
        }
    }

    @Test
    void answers_a_request_in_plain_text() throws Exception {
        Identity lamp = register("lamp-rrpc");
        try (NodeSdkDevice device = NodeSdkDevice.start(berth, lamp).connected()) {
            String requests = "/sys/" + PRODUCT + "/" + lamp.name() + "/rrpc/request/";
            Thread answering = Thread.startVirtualThread(() -> {
                JsonNode request = device.message(requests);
                String id = request.path("topic").asString().substring(requests.length());
                device.publish(requests.replace("request", "response") + id, "bright, as ever");
            });
            assertThat(berth.api().ask(lamp, "how are you?")).isEqualTo("bright, as ever");
            answering.join();
        }
    }

    @Test
    void is_refused_with_a_wrong_secret_and_the_operator_reads_why() throws IOException {
        Identity lamp = register("lamp-wrong");
        try (NodeSdkDevice device = NodeSdkDevice.start(berth, lamp.withSecret("not the secret"))) {
            assertThat(device.take("error").path("code").asInt()).isEqualTo(4);
        }
        // the device is answered before the refusal is kept
        JsonNode refusal = await().until(() -> berth.api().refusals(lamp), refusals -> !refusals.isEmpty())
                .path(0);
        assertThat(refusal.path("dialect").asString()).isEqualTo("aliyun");
        assertThat(refusal.path("fault").asString()).isEqualTo("wrong-signature");
        assertThat(refusal.path("check").path("content").asString())
                .startsWith("clientId" + PRODUCT + "&lamp-wrongdeviceNamelamp-wrongproductKey" + PRODUCT + "timestamp");
        assertThat(refusal.toString()).doesNotContain("not the secret").doesNotContain(lamp.secret());
    }

    @Test
    void loses_its_connection_to_the_same_device_elsewhere() throws IOException {
        Identity lamp = register("lamp-twice");
        try (NodeSdkDevice older = NodeSdkDevice.start(berth, lamp).connected();
                NodeSdkDevice _ = NodeSdkDevice.start(berth, lamp).connected()) {
            assertThat(older.take("close").path("event").asString()).isEqualTo("close");
        }
    }

    private Identity register(String name) {
        Identity device = new Identity(PRODUCT, name, "secret-of-" + name, PRODUCT + "_" + name);
        berth.api().createDevice(device);
        return device;
    }

    private static Line messageOf(Tail tail, Identity device) {
        return tail.take(
                "a message of " + device.name(),
                line -> line.device().equals(device.name()) && line.kind().equals("message"));
    }
}
