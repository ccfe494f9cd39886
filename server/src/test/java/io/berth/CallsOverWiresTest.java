package io.berth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.berth.TestDevice.Heard;
import io.berth.dialect.huawei.rest.HuaweiRest;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// One command reaches a device on either wire and comes back with its answer. The product has no thing
/// model, so everything goes as it is given. Each test has a device of its own.
final class CallsOverWiresTest {
    private static final String SECRET = "0f1e2d3c4b5a69788796a5b4c3d2e1f0";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @TempDir
    static Path data;

    private static RunningBerth berth;
    private static Operator operator;

    @BeforeAll
    static void start() {
        berth = RunningBerth.on(data);
        operator = berth.operator();
        operator.does("product", "create", "Pump", "--key", "pump", "--huawei-id", "hw");
    }

    @AfterAll
    static void stop() {
        berth.close();
    }

    @Test
    void a_service_is_called_on_the_first_wire_and_answered_later() {
        create("a");
        try (TestDevice device = berth.alibaba("pump", "a", SECRET, ",_ss=1").connects()) {
            JsonNode call = operator.does("call", "pump", "a", "open", "{\"angle\":30}", "--async");
            assertThat(call.path("state").stringValue()).isIn("sent", "acknowledged");

            Heard heard = device.hears();
            assertThat(heard.topic()).isEqualTo("/sys/pump/a/thing/service/open");
            JsonNode asked = JSON.readTree(heard.text());
            assertThat(asked.path("params").path("angle").intValue()).isEqualTo(30);
            device.publishes(
                    heard.topic() + "_reply",
                    "{\"id\":\"" + asked.path("id").stringValue() + "\",\"code\":200,\"data\":{}}");

            assertThat(becomes("a", call, "answered").path("succeeded").booleanValue())
                    .isTrue();
        }
    }

    @Test
    void properties_are_set_on_the_second_wire_while_the_caller_waits() throws Exception {
        create("h");
        try (TestDevice device = berth.huawei("hw_h", SECRET).connects()) {
            Thread firmware = Thread.ofVirtual().start(() -> {
                Heard heard = device.hears();
                String id = heard.topic().substring(heard.topic().indexOf("request_id="));
                device.publishes("$oc/devices/hw_h/sys/properties/set/response/" + id, "{\"result_code\":0}");
            });

            JsonNode call = operator.does("thing", "set", "pump", "h", "valve:angle=30", "--wait", "30s");

            firmware.join();
            assertThat(call.path("state").stringValue()).isEqualTo("answered");
            assertThat(call.path("succeeded").booleanValue()).isTrue();
            assertThat(call.path("input").toString()).isEqualTo("{\"valve:angle\":30}");
        }
    }

    @Test
    void huaweis_applications_are_told_the_time_that_the_device_says_of_its_properties() throws Exception {
        create("timed");
        String token = operator.does("token", "create", "app").path("token").stringValue();
        HttpRequest reading = HttpRequest.newBuilder(URI.create(berth.url() + "/v5/iot/"
                        + HuaweiRest.Rules.DEFAULT.projectId() + "/devices/hw_timed/properties?service_id=Meter"))
                .header("X-Auth-Token", token)
                .build();
        try (TestDevice device = berth.huawei("hw_timed", SECRET).connects();
                HttpClient application = HttpClient.newHttpClient()) {
            var read = application.sendAsync(reading, BodyHandlers.ofString());
            Heard heard = device.hears();
            String id = heard.topic().substring(heard.topic().indexOf("request_id="));
            device.publishes(
                    "$oc/devices/hw_timed/sys/properties/get/response/" + id,
                    "{\"services\":[{\"service_id\":\"Meter\",\"properties\":{\"temp\":1.5,\"level\":2},"
                            + "\"event_time\":\"20261122T101010Z\"},"
                            + "{\"service_id\":\"Clock\",\"properties\":{\"on\":1}}]}");

            assertThat(JSON.readTree(read.join().body()).path("response"))
                    .isEqualTo(JSON.readTree("{\"services\":[{\"service_id\":\"Meter\","
                            + "\"properties\":{\"temp\":1.5,\"level\":2},\"event_time\":\"20261122T101010Z\"},"
                            + "{\"service_id\":\"Clock\",\"properties\":{\"on\":1}}]}"));
        }
    }

    @Test
    void a_call_waits_for_an_absent_device_and_for_its_subscription() {
        create("late");
        JsonNode call = operator.does("call", "pump", "late", "open", "{}", "--keep", "1h");
        assertThat(call.path("state").stringValue()).isEqualTo("queued");

        // without _ss=1 the device hears only what it subscribed
        try (TestDevice device = berth.alibaba("pump", "late", SECRET).connects()) {
            device.subscribes("/sys/pump/late/thing/service/+");
            assertThat(device.hears().topic()).isEqualTo("/sys/pump/late/thing/service/open");
            becomes("late", call, "acknowledged");
            assertThat(operator.isRefused(
                            "call", "cancel", "pump", "late", call.path("id").stringValue()))
                    .contains("was not withdrawn");
        }
    }

    @Test
    void a_call_to_an_absent_device_is_refused_unless_it_may_wait() {
        create("away");
        assertThat(operator.isRefused("call", "pump", "away", "open")).contains("not online");
        assertThat(operator.isRefused("thing", "set", "pump", "away", "angle=30"))
                .contains("not online");

        JsonNode call = operator.does("call", "pump", "away", "open", "--keep", "1m");
        operator.does("call", "cancel", "pump", "away", call.path("id").stringValue());
        assertThat(becomes("away", call, "cancelled").path("sent").isMissingNode())
                .isTrue();
    }

    @Test
    void a_silent_device_times_out() {
        create("deaf");
        try (TestDevice device = berth.huawei("hw_deaf", SECRET).connects()) {
            assertThat(operator.isRefused("call", "pump", "deaf", "open", "--timeout", "1s"))
                    .contains("did not answer in time");
            assertThat(device.hears().topic()).startsWith("$oc/devices/hw_deaf/sys/commands/request_id=");
        }
    }

    private static void create(String name) {
        operator.does("device", "create", "pump", name, "--secret", SECRET, "--huawei-id", "hw_" + name);
    }

    private static JsonNode becomes(String device, JsonNode call, String state) {
        String id = call.path("id").stringValue();
        return await(state)
                .until(
                        () -> operator.does("call", "show", "pump", device, id),
                        shown -> shown.path("state").stringValue().equals(state));
    }
}
