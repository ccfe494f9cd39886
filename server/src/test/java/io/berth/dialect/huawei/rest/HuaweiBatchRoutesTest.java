package io.berth.dialect.huawei.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.berth.core.caller.Rights;
import io.berth.core.caller.Role;
import io.berth.dialect.AppAnswer;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Batch tasks (spec huawei-iotda 7.10).
@SuppressWarnings("NullAway.Init") // made before each test
final class HuaweiBatchRoutesTest {
    private static final String NO_TARGET = "[\"65f0_none\"]";

    @TempDir
    Path directory;

    private TestRest server;

    @BeforeEach
    void start() {
        server = new TestRest(directory);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void a_task_is_made_ends_is_listed_and_deleted() throws Exception {
        JsonNode made = done(201, "POST", "batchtasks", task("freezeDevices", NO_TARGET, "{}"));
        String id = made.path("task_id").asString();
        assertThat(id).matches("[0-9a-f]{24}");
        assertThat(made.at("/task_progress/total").asInt()).isEqualTo(1);

        await().until(() -> status(id).equals("Fail"));
        JsonNode detail = done(200, "GET", "batchtasks/" + id, "").at("/task_details/0");
        assertThat(detail.path("target").asString()).isEqualTo("65f0_none");
        assertThat(detail.path("status").asString()).isEqualTo("Fail");
        assertThat(detail.at("/error/error_code").asString()).isEqualTo("IOTDA.014000");
        JsonNode list = done(200, "GET", "batchtasks?task_type=freezeDevices&status=Fail", "");
        assertThat(list.at("/batchtasks/0/task_id").asString()).isEqualTo(id);
        assertThat(list.at("/page/count").asInt()).isEqualTo(1);
        assertThat(done(
                                200,
                                "GET",
                                "batchtasks?marker=" + list.at("/page/marker").asString(),
                                "")
                        .path("batchtasks"))
                .isEmpty();
        JsonNode retried = done(200, "POST", "batchtasks/" + id + "/retry", "{\"targets\":[\"65f0_none\",\"x\"]}");
        assertThat(retried.findValuesAsString("status")).containsExactly("success", "fail");
        await().until(() -> status(id).equals("Fail"));
        assertThat(call("DELETE", "batchtasks/" + id, "").status()).isEqualTo(204);
        assertThat(call("GET", "batchtasks/" + id, "").status()).isEqualTo(404);
    }

    @Test
    void documents_come_back_as_they_were_given() throws Exception {
        assertReturned("createCommands", "{\"service_id\":\"lamp\",\"command_name\":\"blink\",\"paras\":{\"n\":3}}");
        assertReturned("createAsyncCommands", "{\"service_id\":\"lamp\",\"command_name\":\"blink\",\"paras\":{}}");
        assertReturned("createMessages", "{\"message\":\"hello\"}");
        assertReturned("updateDeviceShadows", "{\"shadow\":[{\"service_id\":\"lamp\",\"desired\":{\"level\":7}}]}");
    }

    @Test
    void a_task_waits_for_its_time_and_is_stopped() throws Exception {
        String body = "{\"task_name\":\"t\",\"task_type\":\"deleteDevices\",\"targets\":" + NO_TARGET
                + ",\"task_policy\":{\"schedule_time\":\"20261121T200000Z\",\"retry_count\":2,\"retry_interval\":5}}";
        JsonNode made = done(201, "POST", "batchtasks", body);
        assertThat(made.path("status").asString()).isEqualTo("Waitting");
        assertThat(made.at("/task_policy/schedule_time").asString()).isEqualTo("20261121T200000Z");
        assertThat(made.at("/task_policy/retry_interval").asInt()).isEqualTo(5);

        String id = made.path("task_id").asString();
        done(200, "POST", "batchtasks/" + id + "/stop", "{}");
        assertThat(status(id)).isEqualTo("Stopped");
        assertThat(done(200, "GET", "batchtasks/" + id, "")
                        .at("/batchtask/task_progress/stopped")
                        .asInt())
                .isEqualTo(1);
    }

    @Test
    void what_is_wrong_not_built_or_elsewhere_is_refused() throws Exception {
        assertThat(call("POST", "batchtasks", task("firmwareUpgrade", NO_TARGET, "{}"))
                        .status())
                .isEqualTo(501);
        assertThat(call("POST", "batchtasks", task("dance", NO_TARGET, "{}")).status())
                .isEqualTo(400);
        assertThat(call("POST", "batchtasks", task("createMessages", NO_TARGET, "{}"))
                        .status())
                .isEqualTo(400);
        assertThat(call("POST", "batchtasks", task("freezeDevices", "[]", "{}")).status())
                .isEqualTo(400);
        String id = done(201, "POST", "batchtasks", task("freezeDevices", NO_TARGET, "{}"))
                .path("task_id")
                .asString();
        Rights elsewhere = new Rights(Role.OPERATOR, Set.of("1".repeat(32)), Set.of());
        assertThat(server.call(elsewhere, "GET", "batchtasks/" + id, "").status())
                .isEqualTo(404);
    }

    private void assertReturned(String type, String document) throws Exception {
        JsonNode made = done(201, "POST", "batchtasks", task(type, NO_TARGET, document));
        assertThat(made.path("task_type").asString()).isEqualTo(type);
        assertThat(made.path("document")).isEqualTo(JsonMapper.shared().readTree(document));
    }

    private static String task(String type, String targets, String document) {
        return "{\"task_name\":\"t\",\"task_type\":\"" + type + "\",\"targets\":" + targets + ",\"document\":"
                + document + "}";
    }

    private String status(String id) throws InterruptedException {
        return done(200, "GET", "batchtasks/" + id, "").at("/batchtask/status").asString();
    }

    private JsonNode done(int status, String method, String path, String body) throws InterruptedException {
        AppAnswer answer = call(method, path, body);
        assertThat(answer.status()).as(answer.body().text()).isEqualTo(status);
        return JsonMapper.shared().readTree(answer.body().text());
    }

    private AppAnswer call(String method, String path, String body) throws InterruptedException {
        return server.call(method, path, body);
    }
}
