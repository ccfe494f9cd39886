package io.berth.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.core.device.DeviceId;
import io.berth.core.device.DeviceLogStore;
import io.berth.core.message.DeliveryState;
import io.berth.core.message.Downlink;
import io.berth.testing.HeldDevice;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Tags, topology, remote configuration and logs.
@SuppressWarnings("NullAway.Init") // made before each test
final class BelongingsApiTest {
    private static final String DEVICE = "/products/pk/devices/d1";
    private static final String GATEWAY = "/products/gw/devices/g1";

    private ApiServer server;
    private DeviceId device;

    @BeforeEach
    void start() throws IOException {
        server = new ApiServer();
        device = server.device("pk", "d1");
        server.post("/products", "{\"name\":\"gateways\",\"key\":\"gw\",\"node\":\"gateway\"}");
        server.post("/products/gw/devices", "{\"name\":\"g1\"}");
        server.post("/products/gw/devices", "{\"name\":\"g2\"}");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void tags_are_set_changed_and_removed() {
        assertThat(server.post(DEVICE + "/tags", "{\"tags\":{\"room\":\"kitchen\",\"model\":\"X1\"}}")
                        .text())
                .isEqualTo("{\"tags\":{\"model\":\"X1\",\"room\":\"kitchen\"}}");
        server.post(DEVICE + "/tags", "{\"tags\":{\"room\":\"hall\"}}");
        assertThat(server.delete(DEVICE + "/tags?key=model").status()).isEqualTo(204);

        assertThat(server.get(DEVICE + "/tags").text()).isEqualTo("{\"tags\":{\"room\":\"hall\"}}");
    }

    @Test
    void a_tag_with_a_key_that_cannot_be_is_refused_and_nothing_kept() {
        assertThat(server.post(DEVICE + "/tags", "{\"tags\":{\"a\":\"1\",\"no way\":\"2\"}}")
                        .problem())
                .isEqualTo("INVALID_ARGUMENT");
        assertThat(server.get(DEVICE + "/tags").text()).isEqualTo("{\"tags\":{}}");
        assertThat(server.get("/products/pk/devices/nobody/tags").status()).isEqualTo(404);
    }

    @Test
    void a_device_stands_behind_one_gateway_at_a_time() {
        String child = "{\"product\":\"pk\",\"device\":\"d1\"}";
        assertThat(server.post(GATEWAY + "/children", child).text()).isEqualTo("{\"changed\":true,\"version\":1}");
        assertThat(server.post("/products/gw/devices/g2/children", child)
                        .at("from")
                        .at("/device")
                        .asString())
                .isEqualTo("g1");

        assertThat(server.get(GATEWAY + "/children").at("items").isEmpty()).isTrue();
        assertThat(server.get("/products/gw/devices/g2/children")
                        .at("items")
                        .get(0)
                        .toString())
                .isEqualTo("{\"product\":\"pk\",\"device\":\"d1\",\"online\":false}");
        assertThat(server.get(DEVICE + "/gateway").text()).isEqualTo("{\"product\":\"gw\",\"device\":\"g2\"}");
    }

    @Test
    void a_gateway_hears_what_the_application_does_to_its_children() throws InterruptedException {
        HeldDevice gateway = attach(new DeviceId("gw", "g1"));

        server.post(GATEWAY + "/children", "{\"product\":\"pk\",\"device\":\"d1\"}");
        server.delete(GATEWAY + "/children?childProduct=pk&childDevice=d1");

        assertThat(gateway.next()).isInstanceOfSatisfying(Downlink.TopologyChanged.class, told -> {
            assertThat(told.change()).isEqualTo(Downlink.TopologyChanged.Change.ADDED);
            assertThat(told.children())
                    .singleElement()
                    .satisfies(each -> assertThat(each.id()).isEqualTo(device));
            assertThat(told.version()).isEqualTo(1);
        });
        assertThat(gateway.next())
                .isInstanceOfSatisfying(
                        Downlink.TopologyChanged.class,
                        told -> assertThat(told.change()).isEqualTo(Downlink.TopologyChanged.Change.REMOVED));
    }

    @Test
    void who_is_no_gateway_takes_no_children() {
        assertThat(server.post(DEVICE + "/children", "{\"product\":\"gw\",\"device\":\"g1\"}")
                        .problem())
                .isEqualTo("INVALID_ARGUMENT");
        assertThat(server.post(GATEWAY + "/children", "{\"product\":\"gw\",\"device\":\"g1\"}")
                        .problem())
                .isEqualTo("INVALID_ARGUMENT");
        assertThat(server.post(GATEWAY + "/children", "{\"product\":\"pk\",\"device\":\"nobody\"}")
                        .problem())
                .isEqualTo("DEVICE_NOT_FOUND");
        assertThat(server.delete(GATEWAY + "/children?childProduct=pk&childDevice=d1")
                        .problem())
                .isEqualTo("NOT_FOUND");
        assertThat(server.get(DEVICE + "/gateway").problem()).isEqualTo("NOT_FOUND");
    }

    @Test
    void a_gateway_can_be_asked_to_let_devices_join() throws InterruptedException {
        assertThat(server.post(GATEWAY + "/children/permit", "{\"product\":\"pk\"}")
                        .problem())
                .isEqualTo("DEVICE_OFFLINE");
        HeldDevice gateway = attach(new DeviceId("gw", "g1"));

        server.post(GATEWAY + "/children/permit", "{\"product\":\"pk\",\"seconds\":30}");
        server.post(GATEWAY + "/children/invite", "{\"product\":\"pk\",\"device\":\"d1\"}");

        assertThat(gateway.next()).isInstanceOfSatisfying(Downlink.JoinPermitted.class, told -> {
            assertThat(told.product()).isEqualTo("pk");
            assertThat(told.seconds()).isEqualTo(30);
        });
        assertThat(gateway.next())
                .isInstanceOfSatisfying(
                        Downlink.TopologyWanted.class,
                        told -> assertThat(told.children()).containsExactly(device));
    }

    @Test
    void a_configuration_is_fetched_where_the_answer_says() throws Exception {
        assertThat(server.get("/products/pk/config").problem()).isEqualTo("NOT_FOUND");

        var put = server.post("/products/pk/config", "{\"content\":\"{\\\"interval\\\":60}\"}");

        assertThat(put.at("sha256").asString())
                .isEqualTo("a4759353bbd2718d28a565d27e6db5d40c7013e23182c42115e87da29f904560");
        String url = put.at("url").asString();
        assertThat(url).startsWith("http://files.example/files/config/");
        assertThat(fetch(url.substring("http://files.example".length()))).isEqualTo("200 {\"interval\":60}");

        server.delete("/products/pk/config");
        assertThat(fetch(url.substring("http://files.example".length()))).startsWith("404");
        assertThat(fetch("/files/config/guess")).startsWith("404");
    }

    @Test
    void a_configuration_is_pushed_to_who_is_online() throws InterruptedException {
        HeldDevice held = attach(device);
        server.post("/products/pk/config", "{\"content\":\"{\\\"interval\\\":60}\"}");

        assertThat(server.post("/products/pk/config/push", "{}").text()).isEqualTo("{\"offered\":1}");
        assertThat(held.next())
                .isInstanceOfSatisfying(
                        Downlink.ConfigPushed.class,
                        pushed -> assertThat(pushed.config().content().text()).isEqualTo("{\"interval\":60}"));
        assertThat(server.post("/products/pk/config/push", "{\"device\":\"away\"}")
                        .text())
                .isEqualTo("{\"offered\":0}");
    }

    @Test
    void a_configuration_that_is_no_json_is_refused() {
        assertThat(server.post("/products/pk/config", "{\"content\":\"\"}").problem())
                .isEqualTo("INVALID_ARGUMENT");
        assertThat(server.post("/products/pk/config", "{}").problem()).isEqualTo("INVALID_ARGUMENT");
    }

    @Test
    void a_device_is_asked_for_its_log_and_its_lines_are_listed() throws InterruptedException {
        HeldDevice held = attach(device);

        assertThat(server.post(DEVICE + "/log/wanted", "{\"wanted\":true}").text())
                .isEqualTo("{\"wanted\":true}");
        assertThat(held.next())
                .isInstanceOfSatisfying(
                        Downlink.LogWanted.class,
                        told -> assertThat(told.wanted()).isTrue());
        server.belongings.logs.append(
                device, List.of(new DeviceLogStore.Line(Instant.EPOCH, "ERROR", "net", "7", "t1", "no route to host")));

        assertThat(server.get(DEVICE + "/log").text())
                .isEqualTo("{\"items\":[{\"time\":\"1970-01-01T00:00:00Z\",\"level\":\"ERROR\",\"module\":\"net\","
                        + "\"code\":\"7\",\"trace\":\"t1\",\"content\":\"no route to host\"}],\"wanted\":true}");
    }

    private String fetch(String path) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            var answer = client.send(
                    HttpRequest.newBuilder(URI.create(server.uri() + path)).build(), BodyHandlers.ofString());
            return answer.statusCode() + " " + answer.body();
        }
    }

    private HeldDevice attach(DeviceId id) {
        HeldDevice held = new HeldDevice((_, delivery) -> delivery.reached(DeliveryState.SENT));
        server.sessions.attach(held.session(id));
        return held;
    }
}
