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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
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
        assertReturned("createAsyncCommands", """
                {"command_name":"blink","expire_time":60,"send_strategy":"immediately"}""");
        assertReturned("createMessages", "{\"message\":\"hello\"}");
        assertReturned("createMessages", """
                {"message":{"a":1},"name":"n","topic_full_name":"a/b","payload_format":"raw"}""");
        assertReturned("createMessages", """
                {"message":"AAEC","encoding":"base64","topic":"news","ttl":5}""");
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

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"message\":\"m\",\"encoding\":\"gzip\"}",
                "{\"message\":\"m\",\"payload_format\":\"RAW\"}",
                "{\"message\":\"m\",\"topic\":\"a\",\"topic_full_name\":\"b\"}",
                "{\"message\":\"m\",\"topic_full_name\":\"$oc/broadcast/a\"}",
                "{\"message\":\"m\",\"topic\":\"a/#\"}",
                "{\"message\":{},\"encoding\":\"base64\"}",
                "{\"message\":\"!\",\"encoding\":\"base64\"}"
            })
    void a_message_that_a_single_device_would_not_get_is_refused(String document) throws Exception {
        assertThat(call("POST", "batchtasks", task("createMessages", NO_TARGET, document))
                        .status())
                .isEqualTo(400);
    }

    @Test
    void a_command_waits_a_day_for_its_device_unless_it_is_said_otherwise() throws Exception {
        done(201, "POST", "products", """
                {"product_id":"lamp","name":"Lamp","device_type":"Lamp","protocol_type":"MQTT","data_format":"json"}""");
        done(201, "POST", "devices", "{\"product_id\":\"lamp\",\"node_id\":\"n1\"}");
        String id = done(
                        201,
                        "POST",
                        "batchtasks",
                        task("createAsyncCommands", "[\"lamp_n1\"]", "{\"command_name\":\"blink\"}"))
                .path("task_id")
                .asString();

        await().until(() -> status(id).equals("Success"));
        JsonNode queue = done(200, "GET", "devices/lamp_n1/async-commands", "");
        assertThat(queue.at("/commands/0/status").asString()).isEqualTo("PENDING");
        assertThat(queue.at("/commands/0/expire_time").asInt()).isEqualTo(86_400);
    }

    @Test
    void the_targets_of_a_status_are_counted() throws Exception {
        String id = done(201, "POST", "batchtasks", task("freezeDevices", "[\"a\",\"b\",\"c\"]", "{}"))
                .path("task_id")
                .asString();
        await().until(() -> status(id).equals("Fail"));

        assertThat(count(id, "")).isEqualTo(3);
        assertThat(count(id, "?task_detail_status=Fail")).isEqualTo(3);
        assertThat(count(id, "?task_detail_status=Success")).isZero();
        assertThat(count(id, "?target=b")).isEqualTo(1);
    }

    private int count(String id, String query) throws InterruptedException {
        return done(200, "GET", "batchtasks/" + id + query, "")
                .at("/page/count")
                .asInt();
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
