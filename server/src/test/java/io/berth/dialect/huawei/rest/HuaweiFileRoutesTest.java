package io.berth.dialect.huawei.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.berth.core.Payload;
import io.berth.core.caller.Rights;
import io.berth.core.caller.Role;
import io.berth.core.product.Space;
import io.berth.dialect.AppAnswer;
import io.berth.sheet.Workbooks;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Files of batch tasks, and tasks made of them (spec huawei-iotda 7.10).
@SuppressWarnings("NullAway.Init") // made before each test
final class HuaweiFileRoutesTest {
    private static final String BOUNDARY = "----boundary7";

    @TempDir
    Path directory;

    private TestRest server;

    @BeforeEach
    void start() throws Exception {
        server = new TestRest(directory);
        done(201, call("POST", "products", """
                {"product_id":"lamp","name":"Lamp","device_type":"Lamp","protocol_type":"MQTT","data_format":"json"}"""));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void a_file_is_brought_listed_and_deleted() throws Exception {
        JsonNode made = done(201, upload(Rights.ALL, "设备.csv", Payload.of("device_id\nx")));
        assertThat(made.path("file_id").asString()).matches("[0-9a-f]{24}");
        assertThat(made.path("file_name").asString()).isEqualTo("设备.csv");
        assertThat(made.path("upload_time").asString()).matches("[0-9]{8}T[0-9]{6}Z");
        assertThat(done(200, call("GET", "batchtask-files", "")).path("files")).containsExactly(made);

        String one = "batchtask-files/" + made.path("file_id").asString();
        Rights elsewhere = new Rights(Role.ADMINISTRATOR, Set.of(Space.DEFAULT_ID), Set.of());
        assertThat(done(200, server.call(elsewhere, "GET", "batchtask-files", ""))
                        .path("files"))
                .isEmpty();
        assertThat(code(server.call(elsewhere, "DELETE", one, ""))).isEqualTo("404 IOTDA.000003");
        assertThat(call("DELETE", one, "").status()).isEqualTo(204);
        assertThat(code(call("DELETE", one, ""))).isEqualTo("404 IOTDA.000003");
    }

    @Test
    void files_are_not_endless_and_not_of_any_length() throws Exception {
        assertThat(code(upload(Rights.ALL, "a.csv", Payload.of("x".repeat(20_001)))))
                .isEqualTo("413 IOTDA.000006");
        assertThat(code(upload(Rights.ALL, "a.csv", Payload.of("x".repeat(100_000)))))
                .isEqualTo("413 IOTDA.000006");
        for (int i = 0; i < 3; i++) {
            file(Payload.of("device_id\nx"));
        }
        assertThat(code(upload(Rights.ALL, "a.csv", Payload.of("x")))).isEqualTo("403 IOTDA.014002");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "------boundary7",
                "------boundary7\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\nabc",
                "------boundary7\r\nno end of the head\r\n------boundary7--"
            })
    void a_form_that_is_not_whole_is_malformed(String body) throws Exception {
        assertThat(code(form("multipart/form-data; boundary=" + BOUNDARY, Payload.of(body))))
                .isEqualTo("400 IOTDA.000008");
    }

    @Test
    void a_form_without_the_file_and_what_is_no_form_are_refused() throws Exception {
        assertThat(code(form("application/json", Payload.of("{}")))).isEqualTo("400 IOTDA.000008");
        assertThat(code(form(
                        "multipart/form-data; boundary=" + BOUNDARY,
                        part("name=\"other\"; filename=\"a.csv\"", Payload.of("x")))))
                .isEqualTo("400 IOTDA.000006");
        assertThat(code(upload(Rights.ALL, "a/b.csv", Payload.of("x")))).isEqualTo("400 IOTDA.000006");
    }

    @Test
    void devices_are_made_changed_frozen_and_deleted_from_files() throws Exception {
        String task = task(
                "createDevices",
                file(Workbooks.of(
                        List.of("*Product ID", "node_id", "device_id", "device_name", "secret", "extension_info"),
                        List.of("lamp", "860000000000001", "", "Hall", "", "{\"floor\":1}"),
                        List.of("lamp", "n2", "lamp-2", "", "a-secret-of-n2", ""))));
        await().until(() -> status(task).equals("Success"));
        JsonNode hall = done(200, call("GET", "devices/lamp_860000000000001", ""));
        assertThat(hall.path("device_name").asString()).isEqualTo("Hall");
        assertThat(hall.at("/extension_info/floor").asInt()).isEqualTo(1);
        assertThat(done(200, call("GET", "devices/lamp-2", ""))
                        .at("/auth_info/secret")
                        .asString())
                .isEqualTo("a-secret-of-n2");
        assertThat(done(200, call("GET", "batchtasks/" + task, ""))
                        .path("task_details")
                        .findValuesAsString("target"))
                .containsExactly("lamp/860000000000001", "lamp/n2");

        String change = task("updateDevices", file(Payload.of("device_id,device_name\nlamp-2,Cellar\n")));
        await().until(() -> status(change).equals("Success"));
        assertThat(done(200, call("GET", "devices/lamp-2", ""))
                        .path("device_name")
                        .asString())
                .isEqualTo("Cellar");

        String both = file(Payload.of("device_id\nlamp-2\nlamp_860000000000001\n"));
        String freeze = task("freezeDevices", both);
        await().until(() -> status(freeze).equals("Success"));
        assertThat(done(200, call("GET", "devices/lamp-2", "")).path("status").asString())
                .isEqualTo("FROZEN");
        String delete = task("deleteDevices", both);
        await().until(() -> status(delete).equals("Success"));
        assertThat(call("GET", "devices/lamp-2", "").status()).isEqualTo(404);
    }

    @Test
    void a_line_that_cannot_be_fails_alone_and_says_why() throws Exception {
        done(201, call("POST", "devices", "{\"product_id\":\"lamp\",\"node_id\":\"taken\"}"));
        String task = task("createDevices", file(Payload.of("""
                product_id,node_id,device_id,secret,extension_info
                lamp,good,,,
                none,n1,,,
                lamp,,,,
                lamp,good,,,
                lamp,n2,,,no json
                lamp,n3,not an id,,
                lamp,n4,,short,
                lamp,taken,,,
                """)));

        await().until(() -> status(task).equals("PartialSuccess"));
        JsonNode shown = done(200, call("GET", "batchtasks/" + task + "?task_detail_status=Fail", ""));
        assertThat(shown.at("/batchtask/task_progress/success").asInt()).isEqualTo(1);
        assertThat(shown.path("task_details").findValuesAsString("target"))
                .containsExactly("line 3", "line 4", "line 5", "line 6", "line 7", "line 8", "lamp/taken");
        assertThat(shown.path("task_details").findValuesAsString("error_code"))
                .containsExactly(
                        "IOTDA.014001",
                        "IOTDA.000006",
                        "IOTDA.000006",
                        "IOTDA.000006",
                        "IOTDA.000006",
                        "IOTDA.000006",
                        "IOTDA.014031");
        assertThat(shown.path("task_details").findValuesAsString("error_msg").subList(0, 4))
                .satisfiesExactly(
                        first -> assertThat(first).startsWith("line 3: "),
                        second -> assertThat(second).isEqualTo("line 4: \"node_id\" is missing"),
                        third -> assertThat(third).isEqualTo("line 5: the same device as in line 2"),
                        fourth -> assertThat(fourth).isEqualTo("line 6: \"extension_info\" is no JSON object"));
        JsonNode retried = done(
                200, call("POST", "batchtasks/" + task + "/retry", "{\"targets\":[\"lamp/taken\",\"lamp/good\"]}"));
        assertThat(retried.findValuesAsString("status")).containsExactly("success", "fail");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "createDevices | node_id;n1 | column \"product_id\" is missing",
                "createDevices | product_id,node_id,colour;lamp,n1,red | column \"colour\" is not known",
                "createDevices | product_id,node_id,node_id;lamp,n1,n1 | column \"node_id\" stands there twice",
                "createDevices | product_id,node_id | no line below",
                "freezeDevices | device_id,device_name;a,b | column \"device_name\" is not known",
                "updateDevices | a;\"b | line 2: a quote"
            })
    void a_file_with_the_wrong_columns_makes_no_task(String type, String lines, String reason) throws Exception {
        AppAnswer answer = create(type, file(Payload.of(lines.replace(';', '\n'))));
        assertThat(code(answer)).isEqualTo("400 IOTDA.000006");
        assertThat(answer.body().text()).contains(reason.replace("\"", "\\\""));
    }

    @Test
    void a_file_that_is_not_there_and_none_where_one_must_be_are_refused() throws Exception {
        assertThat(code(create("freezeDevices", "0".repeat(24)))).isEqualTo("404 IOTDA.000003");
        assertThat(code(call("POST", "batchtasks", "{\"task_name\":\"t\",\"task_type\":\"createDevices\"}")))
                .isEqualTo("400 IOTDA.000006");
        Payload bomb = Workbooks.ofSheet("<worksheet>" + " ".repeat(1_000_000) + "</worksheet>");
        assertThat(code(create("freezeDevices", file(bomb)))).isEqualTo("403 IOTDA.014002");
    }

    private String file(Payload content) throws Exception {
        return done(201, upload(Rights.ALL, "devices", content)).path("file_id").asString();
    }

    private String task(String type, String file) throws Exception {
        return done(201, create(type, file)).path("task_id").asString();
    }

    private AppAnswer create(String type, String file) throws Exception {
        return call(
                "POST",
                "batchtasks",
                "{\"task_name\":\"t\",\"task_type\":\"" + type + "\",\"document_source\":\"" + file + "\"}");
    }

    private String status(String task) throws Exception {
        return done(200, call("GET", "batchtasks/" + task, ""))
                .at("/batchtask/status")
                .asString();
    }

    private AppAnswer upload(Rights rights, String name, Payload content) throws Exception {
        SentRequest request = SentRequest.of(
                        "POST",
                        TestRest.ROOT + "batchtask-files",
                        part("name=\"file\"; filename=\"" + name + "\"", content))
                .with("Content-Type", "multipart/form-data; boundary=" + BOUNDARY);
        return server.answer(request.with("X-Auth-Token", server.token(rights)));
    }

    private AppAnswer form(String type, Payload body) throws Exception {
        return server.answer(SentRequest.of("POST", TestRest.ROOT + "batchtask-files", body)
                .with("Content-Type", type)
                .with("X-Auth-Token", server.token(Rights.ALL)));
    }

    private static Payload part(String disposition, Payload content) {
        byte[] head = ("--" + BOUNDARY + "\r\nContent-Disposition: form-data; " + disposition + "\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8);
        byte[] end = ("\r\n--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(head);
        body.writeBytes(content.toBytes());
        body.writeBytes(end);
        return Payload.owned(body.toByteArray());
    }

    private AppAnswer call(String method, String path, String body) throws Exception {
        return server.call(method, path, body);
    }

    private static JsonNode done(int status, AppAnswer answer) {
        assertThat(answer.status()).as(answer.body().text()).isEqualTo(status);
        return JsonMapper.shared().readTree(answer.body().toBytes());
    }

    private static String code(AppAnswer answer) {
        return answer.status() + " "
                + JsonMapper.shared()
                        .readTree(answer.body().toBytes())
                        .path("error_code")
                        .asString();
    }
}
