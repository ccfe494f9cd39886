package io.berth;

import static org.assertj.core.api.Assertions.assertThat;

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

/// A device whose session subscribes nothing (`_ss=1`) and takes extended requests (`ext=3`): vector V13 of
/// spec aliyun-device, on a whole server. Its product has no thing model.
@Tag("slow")
final class ImplicitSessionTest {
    private static final String SECRET = "f4c1f0e4b9b24d3c8c7ad0e1f2a3b4c5";
    private static final String THING = "/sys/a1Meter/d1/thing/";

    @TempDir
    private Path data;

    private RunningBerth berth;
    private TestDevice device;

    @BeforeEach
    void start() {
        berth = RunningBerth.on(data);
        berth.operator().does("product", "create", "Meter", "--key", "a1Meter");
        berth.operator().does("device", "create", "a1Meter", "d1", "--secret", SECRET);
        device = berth.alibaba("a1Meter", "d1", SECRET, ",_ss=1,ext=3").connects();
    }

    @AfterEach
    void stop() {
        device.close();
        berth.close();
    }

    @Test
    void what_it_reports_is_answered() {
        assertThat(asks("event/property/post", "{\"Temp\":21.5}"))
                .isEqualTo("{\"code\":200,\"id\":\"1\",\"message\":\"success\","
                        + "\"method\":\"thing.event.property.post\",\"version\":\"1.0\",\"data\":{}}");
        assertThat(asks("event/flood/post", "{}")).startsWith("{\"code\":5160,");
    }

    @Test
    void what_it_asks_is_answered_from_the_store() {
        asks("deviceinfo/update", "[{\"attrKey\":\"Model\",\"attrValue\":\"X1\"}]");
        assertThat(asks("deviceinfo/get", "[\"Model\"]"))
                .endsWith("\"data\":[{\"attrKey\":\"Model\",\"attrValue\":\"X1\"}]}");
        assertThat(asks("property/desired/get", "[\"Temp\"]")).endsWith("\"data\":{}}");
        assertThat(asks("config/get", "{\"configScope\":\"product\",\"getType\":\"file\"}"))
                .startsWith("{\"code\":6713,");
        assertThat(asks("config/log/get", "{\"configScope\":\"device\",\"getType\":\"content\"}"))
                .endsWith("\"data\":{\"getType\":\"content\",\"content\":{\"mode\":0}}}");
        assertThat(asks("log/post", "[{\"utcTime\":\"2024-01-02T03:04:05.678+0800\",\"logContent\":\"x\"}]"))
                .startsWith("{\"code\":200,");
        assertThat(asks("dsltemplate/get", "{}")).contains("\"productKey\":\"a1Meter\"");
    }

    @Test
    void its_configuration_is_where_the_listener_is_open() throws IOException {
        Path settings = Files.writeString(data.resolve("settings.json"), "{\"interval\":30}");
        berth.operator().does("config", "put", "a1Meter", settings.toString());
        assertThat(asks("config/get", "{\"configScope\":\"product\",\"getType\":\"file\"}"))
                .contains("\"url\":\"" + berth.url() + "/files/config/");
    }

    @Test
    void its_shadow_outlives_the_connection() {
        device.publishes(
                "/shadow/update/a1Meter/d1",
                "{\"method\":\"update\",\"state\":{\"reported\":{\"color\":\"red\"}},\"version\":1}");
        Heard done = device.hears();
        assertThat(done.topic()).isEqualTo("/shadow/get/a1Meter/d1");
        assertThat(done.qos()).isEqualTo(1);
        assertThat(done.text()).endsWith("\"payload\":{\"status\":\"success\",\"version\":1}}");

        device.close();
        device = berth.alibaba("a1Meter", "d1", SECRET, ",_ss=1").connects();
        device.publishes("/shadow/update/a1Meter/d1", "{\"method\":\"get\"}");

        assertThat(device.hears().text()).contains("\"state\":{\"reported\":{\"color\":\"red\"}}");
    }

    @Test
    void what_is_set_reaches_it_and_its_answer_the_operator() {
        CompletableFuture<JsonNode> set = CompletableFuture.supplyAsync(
                () -> berth.operator().does("thing", "set", "a1Meter", "d1", "Temp=23.5", "--wait", "30s"));

        Heard asked = device.hears();
        assertThat(asked.topic()).isEqualTo(THING + "service/property/set");
        assertThat(asked.text()).endsWith("\"method\":\"thing.service.property.set\",\"params\":{\"Temp\":23.5}}");
        device.publishes(asked.topic() + "_reply", "{\"id\":\"" + id(asked) + "\",\"code\":200,\"data\":{}}");

        assertThat(set.join().path("state").stringValue()).isEqualTo("answered");
    }

    @Test
    void a_service_whose_caller_waits_comes_as_an_extended_request() {
        CompletableFuture<JsonNode> call = CompletableFuture.supplyAsync(() -> berth.operator()
                .does("call", "a1Meter", "d1", "reboot", "{\"delay\":5}", "--sync", "--timeout", "30s"));

        Heard asked = device.hears();
        assertThat(asked.topic()).isEqualTo("/ext/rrpc/" + id(asked) + THING + "service/reboot");
        assertThat(asked.text()).endsWith("\"method\":\"thing.service.reboot\",\"params\":{\"delay\":5}}");
        device.publishes(asked.topic(), "{\"id\":\"" + id(asked) + "\",\"code\":200,\"data\":{\"ok\":1}}");

        JsonNode answered = call.join();
        assertThat(answered.path("state").stringValue()).isEqualTo("answered");
        assertThat(answered.path("output").path("ok").intValue()).isEqualTo(1);
    }

    private String asks(String suffix, String params) {
        device.publishes(THING + suffix, "{\"id\":\"1\",\"version\":\"1.0\",\"params\":" + params + "}");
        Heard answer = device.hears();
        assertThat(answer.topic()).isEqualTo(THING + suffix + "_reply");
        return answer.text();
    }

    private static String id(Heard request) {
        return request.text().replaceAll("^\\{\"id\":\"([0-9]+)\".*$", "$1");
    }
}
