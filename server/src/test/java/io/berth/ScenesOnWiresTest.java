package io.berth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.berth.TestDevice.Heard;
import io.berth.testing.Patience;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Device linkage on a whole server: what one device reports is done at another, on either wire.
final class ScenesOnWiresTest {
    private static final String SECRET = "0f1e2d3c4b5a69788796a5b4c3d2e1f0";
    private static final String TSL = """
            {"properties":[
            {"identifier":"temperature","name":"Temperature","accessMode":"r",
             "dataType":{"type":"double","specs":{"min":"-40","max":"120"}}},
            {"identifier":"fan","name":"Fan","accessMode":"rw","dataType":{"type":"bool","specs":{"0":"off","1":"on"}}}]}""";
    private static final String HOT = """
            {"name":"overheat",
             "triggers":[{"property":"temperature","product":"room","is":">","value":30}],
             "conditions":[{"status":"online","product":"room","device":"fan"}],
             "actions":[
               {"set":{"fan":1},"product":"room","device":"fan"},
               {"raise":"overheat","severity":"major","text":"The room is too hot"},
               {"notify":"http://127.0.0.1:PORT/hot"}]}""";
    private static final String COOL = """
            {"name":"cooled",
             "triggers":[{"property":"temperature","product":"room","is":"<=","value":30}],
             "actions":[{"clear":"overheat"}]}""";

    @TempDir
    static Path data;

    @TempDir
    static Path folder;

    private static final BlockingQueue<String> notified = new LinkedBlockingQueue<>();
    private static HttpServer receiver;
    private static RunningBerth berth;
    private static Operator operator;

    @BeforeAll
    static void start() throws IOException {
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext("/hot", exchange -> {
            try (exchange) {
                notified.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
                exchange.sendResponseHeaders(200, -1);
            }
        });
        receiver.start();
        berth = RunningBerth.configured(data, "rule.allow = [\"127.0.0.1\"]");
        operator = berth.operator();
        operator.does("product", "create", "Room", "--key", "room", "--huawei-id", "hwroom");
        operator.types("thing", "import", "room", file("room.json", TSL), "--publish");
        for (String device : List.of("probe", "fan")) {
            operator.does("device", "create", "room", device, "--secret", SECRET, "--huawei-id", "hw_" + device);
        }
    }

    @AfterAll
    static void stop() {
        berth.close();
        receiver.stop(0);
    }

    @Test
    void what_one_device_reports_is_done_at_another_and_raises_an_alarm_until_it_is_over() throws Exception {
        operator.does(
                "scene",
                "create",
                file(
                        "hot.json",
                        HOT.replace(
                                "PORT", Integer.toString(receiver.getAddress().getPort()))));
        operator.does("scene", "create", file("cool.json", COOL));
        try (TestDevice probe = berth.alibaba("room", "probe", SECRET).connects();
                TestDevice fan = berth.huawei("hw_fan", SECRET).connects()) {
            probe.publishes("/sys/room/probe/thing/event/property/post", report(31));

            Heard asked = fan.hears();
            assertThat(asked.topic()).startsWith("$oc/devices/hw_fan/sys/properties/set/request_id=");
            assertThat(asked.text()).contains("\"fan\"");
            JsonNode alarm = alarm("active");
            assertThat(alarm.path("severity").stringValue()).isEqualTo("major");
            assertThat(alarm.path("text").stringValue())
                    .isEqualTo("The room is too hot (temperature of room/probe is 31.0, > 30)");
            assertThat(notified.poll(Patience.LONG.toSeconds(), TimeUnit.SECONDS))
                    .contains("\"scene\":\"overheat\"", "\"device\":\"probe\"");

            // it holds already: nothing new
            probe.publishes("/sys/room/probe/thing/event/property/post", report(32));
            probe.publishes("/sys/room/probe/thing/event/property/post", report(29));
            assertThat(alarm("cleared").path("times").intValue()).isEqualTo(1);
        }
        // noted once the last of its actions is over
        await().untilAsserted(() -> assertThat(
                        operator.types("scene", "show", "overheat").out())
                .contains("temperature of room/probe is 31.0, > 30", "done       set room/fan {\"fan\":1}: call "));
        JsonNode scene = operator.does("scene", "show", "overheat");
        assertThat(scene.path("fired").intValue()).isEqualTo(1);
        assertThat(scene.path("failed").intValue()).isZero();
        assertThat(operator.types("alarm", "show", "scene:overheat:room:probe").out())
                .contains("raised", "cleared", "major");
    }

    @Test
    void a_scene_that_cannot_work_is_refused_with_what_is_wrong() throws IOException {
        String wrong = COOL.replace("cooled", "wrong").replace("\"temperature\"", "\"Temperature\"");
        assertThat(operator.isRefused("scene", "create", file("wrong.json", wrong)))
                .contains("has no property \"Temperature\": did you mean \"temperature\"?");
        assertThat(operator.isRefused("scene", "show", "wrong")).contains("there is no scene \"wrong\"");
    }

    private static JsonNode alarm(String state) {
        return await("an alarm that is " + state)
                .until(
                        () -> operator.types("alarm", "list", "--state", state, "--json").lines().stream()
                                .filter(alarm ->
                                        alarm.path("source").stringValue().equals("scene:overheat:room:probe"))
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }

    private static String report(int temperature) {
        return "{\"id\":\"1\",\"version\":\"1.0\",\"params\":{\"temperature\":" + temperature
                + "},\"method\":\"thing.event.property.post\"}";
    }

    private static String file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }
}
