package io.berth.compat;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.compat.Tail.Line;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/// The gateway of Alibaba's Node SDK and the devices behind it.
@ExtendWith(SharedServer.class)
final class NodeGatewayTest {
    private static final String GATEWAYS = "a1NodeGw";
    private static final String SUBS = "a1NodeSub";

    private final BerthServer berth;

    NodeGatewayTest(BerthServer berth) {
        this.berth = berth;
    }

    @BeforeAll
    static void make_products(BerthServer berth) throws IOException {
        NodeSdkDevice.install();
        berth.api().createProduct(GATEWAYS, "gateway", false);
        berth.api().createProduct(SUBS, "sub", true);
        TestModel.publish(berth, SUBS, "meter.tsl.json");
    }

    @Test
    void adds_lists_and_removes_devices_behind_it() throws IOException {
        Identity meter = register(SUBS, "meter-topo");
        try (NodeSdkDevice gateway = start("gw-topo")) {
            isSuccess(gateway.ask("addTopo", Map.of("devices", List.of(triple(meter)))));
            JsonNode topology = gateway.ask("getTopo", Map.of());
            isSuccess(topology);
            assertThat(topology.path("data").toString()).isEqualTo("[" + named(meter) + "]");
            isSuccess(gateway.ask("removeTopo", Map.of("devices", List.of(name(meter)))));
            assertThat(gateway.ask("getTopo", Map.of()).path("data").toString()).isEqualTo("[]");
        }
    }

    @Test
    void fetches_the_secret_of_a_device_by_its_name() throws IOException {
        Identity meter = register(SUBS, "meter-secret");
        try (NodeSdkDevice gateway = start("gw-register")) {
            JsonNode reply = gateway.ask("registerSub", Map.of("devices", List.of(name(meter))));
            isSuccess(reply);
            assertThat(reply.path("data").path(0).path("deviceSecret").asString())
                    .isEqualTo(meter.secret());
            assertThat(reply.path("data").path(0).path("iotId").asString()).isEqualTo(meter.huaweiId());
        }
    }

    @Test
    void a_device_behind_it_is_online_between_login_and_logout() throws IOException {
        Identity meter = register(SUBS, "meter-login");
        try (NodeSdkDevice gateway = start("gw-login")) {
            login(gateway, meter);
            assertThat(status(meter)).isEqualTo("online");
            isSuccess(gateway.ask("logout", Map.of("sub", name(meter))));
            assertThat(status(meter)).isNotEqualTo("online");
            assertThat(gateway.ask("logout", Map.of("sub", name(meter)))
                            .path("code")
                            .asInt())
                    .isEqualTo(520);
        }
    }

    @Test
    void a_device_behind_it_posts_properties_and_tags() throws IOException {
        Identity meter = register(SUBS, "meter-post");
        try (NodeSdkDevice gateway = start("gw-post");
                Tail tail = berth.api().tail(SUBS)) {
            login(gateway, meter);
            isSuccess(gateway.ask("postSubProps", Map.of("name", meter.name(), "props", Map.of("energy", 12))));
            Line report = tail.take(
                    "a property report",
                    line -> line.device().equals(meter.name()) && line.kind().equals("property"));
            assertThat(report.payload()).contains("\"params\":{\"energy\":12}");
            assertThat(berth.api()
                            .history(meter, "energy")
                            .path(0)
                            .path("value")
                            .asInt())
                    .isEqualTo(12);
            isSuccess(gateway.ask(
                    "postSubTags",
                    Map.of("name", meter.name(), "tags", List.of(Map.of("attrKey", "Room", "attrValue", "cellar")))));
        }
    }

    @Test
    void an_event_of_a_device_behind_it_is_kept() throws IOException {
        Identity meter = register(SUBS, "meter-event");
        try (NodeSdkDevice gateway = start("gw-event")) {
            login(gateway, meter);
            isSuccess(postSubEvent(gateway, meter, "tampered"));
            assertThat(berth.api().events(meter, "tampered").valueStream())
                    .extracting(happened -> happened.path("value").toString())
                    .containsExactly("{\"by\":1}");
        }
    }

    @Test
    void a_device_behind_it_hears_that_an_event_is_unknown() throws IOException {
        Identity meter = register(SUBS, "meter-event-unknown");
        try (NodeSdkDevice gateway = start("gw-event-unknown")) {
            login(gateway, meter);
            assertThat(postSubEvent(gateway, meter, "flooded").path("code").asInt())
                    .isEqualTo(5160);
        }
    }

    @Test
    void a_device_behind_it_is_told_to_set_properties() throws IOException {
        Identity meter = register(SUBS, "meter-set");
        try (NodeSdkDevice gateway = start("gw-set")) {
            login(gateway, meter);
            berth.api()
                    .publish(
                            meter,
                            "/sys/" + SUBS + "/meter-set/thing/service/property/set",
                            "{\"id\":\"9\",\"version\":\"1.0.0\",\"method\":\"thing.service.property.set\",\"params\":{\"on\":1}}");
            JsonNode event = gateway.take("subProps");
            assertThat(event.path("name").asString()).isEqualTo(meter.name());
            assertThat(event.path("request").path("params").path("on").asInt()).isEqualTo(1);
        }
    }

    @Test
    void a_device_behind_it_answers_a_synchronous_service_call() throws IOException {
        Identity meter = register(SUBS, "meter-service");
        try (NodeSdkDevice gateway = start("gw-service")) {
            login(gateway, meter);
            gateway.command("serveSub", Map.of("name", meter.name(), "service", "blink", "output", Map.of("times", 3)));
            gateway.settle();
            String answer = berth.api()
                    .ask(meter, "{\"id\":\"7\",\"version\":\"1.0\",\"method\":\"thing.service.blink\",\"params\":{}}");
            assertThat(answer).isEqualTo("{\"id\":\"7\",\"code\":200,\"data\":{\"times\":3}}");
        }
    }

    @Test
    void a_device_with_a_wrong_secret_or_behind_nobody_stays_outside() throws IOException {
        Identity meter = register(SUBS, "meter-wrong");
        try (NodeSdkDevice gateway = start("gw-wrong")) {
            assertThat(gateway.ask("login", Map.of("sub", triple(meter)))
                            .path("code")
                            .asInt())
                    .isEqualTo(6401);
            gateway.ask("addTopo", Map.of("devices", List.of(triple(meter))));
            Identity wrong = meter.withSecret("not the secret");
            assertThat(gateway.ask("login", Map.of("sub", triple(wrong)))
                            .path("code")
                            .asInt())
                    .isEqualTo(6287);
            assertThat(gateway.ask("addTopo", Map.of("devices", List.of(triple(wrong))))
                            .path("code")
                            .asInt())
                    .isEqualTo(401);
            assertThat(status(meter)).isNotEqualTo("online");
        }
    }

    @Test
    void devices_behind_it_go_with_it() throws IOException {
        Identity meter = register(SUBS, "meter-gone");
        try (Tail tail = berth.api().tail(SUBS)) {
            try (NodeSdkDevice gateway = start("gw-gone")) {
                login(gateway, meter);
            }
            Line offline = tail.take(
                    "the end of the session",
                    line -> line.device().equals(meter.name())
                            && line.kind().equals("status")
                            && line.payload().contains("offline"));
            assertThat(offline.payload()).contains("gateway-gone");
        }
    }

    private NodeSdkDevice start(String name) throws IOException {
        return NodeSdkDevice.startGateway(berth, register(GATEWAYS, name)).connected();
    }

    private void login(NodeSdkDevice gateway, Identity sub) {
        isSuccess(gateway.ask("addTopo", Map.of("devices", List.of(triple(sub)))));
        isSuccess(gateway.ask("login", Map.of("sub", triple(sub))));
        gateway.take("subConnect");
        gateway.settle();
    }

    private static JsonNode postSubEvent(NodeSdkDevice gateway, Identity sub, String event) {
        return gateway.ask("postSubEvent", Map.of("name", sub.name(), "event", event, "params", Map.of("by", 1)));
    }

    private static void isSuccess(JsonNode reply) {
        assertThat(reply.path("code").asInt()).as(reply.toString()).isEqualTo(200);
    }

    private String status(Identity device) {
        return berth.api().device(device).path("status").asString();
    }

    private Identity register(String product, String name) {
        Identity device = new Identity(product, name, "secret-of-" + name, product + "_" + name);
        berth.api().createDevice(device);
        return device;
    }

    private static Map<String, String> triple(Identity device) {
        return Map.of("productKey", device.product(), "deviceName", device.name(), "deviceSecret", device.secret());
    }

    private static Map<String, String> name(Identity device) {
        return Map.of("productKey", device.product(), "deviceName", device.name());
    }

    private static String named(Identity device) {
        return "{\"productKey\":\"" + device.product() + "\",\"deviceName\":\"" + device.name() + "\"}";
    }
}
