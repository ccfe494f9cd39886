package io.berth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.berth.TestDevice.Heard;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Two devices of one product, one with Alibaba's firmware and one with Huawei's: an application does not see
/// which.
@Tag("slow")
final class MixedFleetTest {
    private static final String SECRET = "f4c1f0e4b9b24d3c8c7ad0e1f2a3b4c5";
    private static final String TSL = """
            {"profile":{"productKey":"lamp"},"properties":[
            {"identifier":"Temp","name":"Temperature","accessMode":"rw","dataType":{"type":"float","specs":{"min":"-40","max":"120"}}},
            {"identifier":"On","accessMode":"rw","dataType":{"type":"bool","specs":{"0":"off","1":"on"}}}],
            "events":[{"identifier":"alarm","type":"alert","outputData":[
            {"identifier":"code","dataType":{"type":"int","specs":{"min":"0","max":"99"}}}]}],
            "services":[{"identifier":"blink","callType":"sync","inputData":[
            {"identifier":"times","dataType":{"type":"int","specs":{"min":"1","max":"9"}}}],"outputData":[
            {"identifier":"done","dataType":{"type":"bool","specs":{"0":"no","1":"yes"}}}]}]}""";
    private static final String ALINK = "/sys/lamp/a/thing/";
    private static final String OC = "$oc/devices/hwlamp_h/sys/";

    @TempDir
    private Path data;

    @TempDir
    private Path folder;

    private RunningBerth berth;
    private Operator operator;
    private TestDevice alibaba;
    private TestDevice huawei;

    @BeforeEach
    void start() throws IOException {
        berth = RunningBerth.on(data);
        operator = berth.operator();
        operator.does("product", "create", "Lamp", "--key", "lamp", "--huawei-id", "hwlamp");
        operator.does("device", "create", "lamp", "a", "--secret", SECRET);
        operator.does("device", "create", "lamp", "h", "--secret", SECRET);
        operator.does(
                "thing",
                "import",
                "lamp",
                Files.writeString(folder.resolve("tsl.json"), TSL).toString(),
                "--publish");
        alibaba = berth.alibaba("lamp", "a", SECRET, ",_ss=1,ext=3").connects();
        huawei = berth.huawei("hwlamp_h", SECRET).connects();
    }

    @AfterEach
    void stop() {
        alibaba.close();
        huawei.close();
        berth.close();
    }

    @Test
    void both_show_the_same_values() {
        alibaba.publishes(
                ALINK + "event/property/post",
                "{\"id\":\"1\",\"version\":\"1.0\",\"params\":{\"Temp\":21.5,\"On\":1}}");
        huawei.publishes(
                OC + "properties/report",
                "{\"services\":[{\"service_id\":\"default\",\"properties\":{\"Temp\":21.5,\"On\":true}}]}");

        assertThat(values("a")).isEqualTo(values("h")).isEqualTo("Temp 21.5 v1, On true v1");
        assertThat(history("a", "Temp")).isEqualTo(history("h", "Temp")).isEqualTo("21.5");
    }

    @Test
    void both_keep_what_happened() {
        alibaba.publishes(
                ALINK + "event/alarm/post", "{\"id\":\"1\",\"version\":\"1.0\",\"params\":{\"value\":{\"code\":7}}}");
        huawei.publishes(
                OC + "events/up",
                "{\"services\":[{\"service_id\":\"default\",\"event_type\":\"alarm\",\"paras\":{\"code\":7}}]}");

        assertThat(history("a", "alarm", "--events"))
                .isEqualTo(history("h", "alarm", "--events"))
                .contains("7");
    }

    @Test
    void one_command_sets_a_property_of_either() {
        CompletableFuture<Void> answering = CompletableFuture.runAsync(() -> {
            Heard set = alibaba.hears();
            assertThat(set.text()).endsWith("\"params\":{\"Temp\":23.0,\"On\":1}}");
            alibaba.publishes(set.topic() + "_reply", "{\"id\":\"" + id(set) + "\",\"code\":200,\"data\":{}}");
        });
        assertThat(operator.does("thing", "set", "lamp", "a", "Temp=23", "On=true", "--wait", "30s")
                        .toString())
                .contains("\"answered\"");
        answering.join();

        CompletableFuture<Void> answeringToo = CompletableFuture.runAsync(() -> {
            Heard set = huawei.hears();
            assertThat(set.text()).contains("\"service_id\":\"default\"").contains("\"On\":true");
            huawei.publishes(
                    set.topic().replace("/set/", "/set/response/"), "{\"result_code\":0,\"result_desc\":\"ok\"}");
        });
        assertThat(operator.does("thing", "set", "lamp", "h", "Temp=23", "On=true", "--wait", "30s")
                        .toString())
                .contains("\"answered\"");
        answeringToo.join();
    }

    @Test
    void one_command_calls_a_service_of_either_and_waits_for_its_answer() {
        CompletableFuture<Void> answering = CompletableFuture.runAsync(() -> {
            Heard call = alibaba.hears();
            assertThat(call.topic()).matches("/ext/rrpc/\\d+/sys/lamp/a/thing/service/blink");
            alibaba.publishes(call.topic(), "{\"id\":\"" + id(call) + "\",\"code\":200,\"data\":{\"done\":1}}");
        });
        JsonNode ofAlibaba = operator.does("call", "lamp", "a", "blink", "{\"times\":3}", "--sync");
        answering.join();

        CompletableFuture<Void> answeringToo = CompletableFuture.runAsync(() -> {
            Heard call = huawei.hears();
            assertThat(call.text()).contains("\"command_name\":\"blink\"").contains("\"times\":3");
            huawei.publishes(
                    call.topic().replace("/commands/", "/commands/response/"),
                    "{\"result_code\":0,\"response_name\":\"blinked\",\"paras\":{\"done\":true}}");
        });
        JsonNode ofHuawei = operator.does("call", "lamp", "h", "blink", "{\"times\":3}", "--sync");
        answeringToo.join();

        assertThat(ofAlibaba.toString()).contains("\"answered\"").contains("\"done\":true");
        assertThat(ofHuawei.toString()).contains("\"answered\"").contains("\"done\":true");
    }

    @Test
    void what_does_not_fit_is_refused_before_it_is_sent() {
        assertThat(operator.isRefused("thing", "set", "lamp", "a", "Temp=500")).contains("Temp is more than 120");
        assertThat(operator.isRefused("call", "lamp", "h", "blink", "{\"times\":\"often\"}"))
                .contains("times");
    }

    @Test
    void groups_find_both() {
        operator.does("tag", "set", "lamp", "a", "room=hall");
        operator.does("tag", "set", "lamp", "h", "room=hall");
        operator.does("device-group", "create", "hall", "--where", "tag.room = hall");
        operator.does("device-group", "create", "pilots");
        operator.does("device-group", "add", "pilots", "lamp", "h");

        assertThat(operator.types("device-group", "devices", "hall").out().lines())
                .hasSize(3);
        assertThat(operator.types("device-group", "devices", "pilots").out()).contains("h");
        assertThat(operator.types("device", "find", "product = lamp and tag.room = hall and name = a")
                        .out()
                        .lines())
                .hasSize(2);
        assertThat(operator.isRefused("device", "find", "product is lamp")).contains("expected");
        assertThat(operator.isRefused("device-group", "add", "hall", "lamp", "h"))
                .contains("found by its rule");
        operator.does("device-group", "change", "hall", "--name", "大厅", "--where", "tag.room = hall and name = a");
        assertThat(operator.types("device-group", "devices", "大厅").out().lines())
                .hasSize(2);
        assertThat(operator.isRefused("device-group", "change", "pilots", "--where", "name = a"))
                .contains("put into it");
        assertThat(operator.types("device-group", "tag", "大厅", "floor=1", "use=wait")
                        .out())
                .contains("floor", "wait");
        operator.types("device-group", "tag", "大厅", "floor=2");
        assertThat(operator.types("device-group", "tag", "大厅").out())
                .contains("2")
                .doesNotContain("wait");
        assertThat(operator.isRefused("device-group", "delete", "pilots", "--yes"))
                .isNotBlank();
        operator.does("device-group", "remove", "pilots", "lamp", "h");
        operator.does("device-group", "delete", "pilots", "--yes");
    }

    private String values(String device) {
        StringBuilder text = new StringBuilder();
        await().untilAsserted(() -> {
            text.setLength(0);
            operator.does("thing", "show", "lamp", device)
                    .get("properties")
                    .properties()
                    .forEach(each -> text.append(text.isEmpty() ? "" : ", ")
                            .append(each.getKey())
                            .append(' ')
                            .append(each.getValue().get("value"))
                            .append(" v")
                            .append(each.getValue().get("version")));
            assertThat(text).isNotEmpty();
        });
        return text.toString();
    }

    private String history(String device, String key, String... more) {
        String[] words = java.util.stream.Stream.concat(
                        java.util.stream.Stream.of("--json", "history", "lamp", device, key),
                        java.util.Arrays.stream(more))
                .toArray(String[]::new);
        return operator.types(words)
                .out()
                .replaceAll(".*\"value\":([^,}]*[^,]*?)}?\\s*$", "$1")
                .strip();
    }

    private static String id(Heard call) {
        return call.text().replaceAll("^\\{\"id\":\"(\\d+)\".*", "$1");
    }
}
