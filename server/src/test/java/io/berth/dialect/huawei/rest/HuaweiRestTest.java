package io.berth.dialect.huawei.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.berth.core.audit.AuditRecord;
import io.berth.core.caller.Area;
import io.berth.core.caller.Rights;
import io.berth.core.caller.Role;
import io.berth.core.product.Space;
import io.berth.dialect.AppAnswer;
import java.nio.file.Path;
import java.time.Duration;
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

/// What holds for every call: who may, what is refused, and in which words.
@SuppressWarnings("NullAway.Init") // made before each test
final class HuaweiRestTest {
    private static final String PRODUCT = """
            {"product_id":"lamp","name":"Lamp","device_type":"Lamp","protocol_type":"MQTT","data_format":"json"%s}
            """;

    @TempDir
    Path directory;

    private TestRest rest;

    @BeforeEach
    void open() {
        rest = new TestRest(directory);
    }

    @AfterEach
    void close() {
        rest.close();
    }

    @ParameterizedTest
    @CsvSource({
        "GET, nothing, 404, APIGW.0101",
        "GET, devices/a/b/c, 404, APIGW.0101",
        "GET, devices/, 404, APIGW.0101",
        "GET, '', 404, APIGW.0101",
        "DELETE, devices, 405, APIGW.0101",
        "GET, devices/a/action, 405, APIGW.0101",
        "GET, tunnels, 501, IOTDA.000501",
        "GET, devices/nobody, 404, IOTDA.014000",
        "GET, products/nothing, 404, IOTDA.014001",
        "GET, apps/00, 403, IOTDA.001000",
        "GET, devices?limit=ten, 400, IOTDA.000017",
        "GET, devices?limit=1&limit=2, 400, IOTDA.000006",
        "GET, devices?limit=99999999999, 400, IOTDA.000017",
        "GET, devices?limit=99999999999999999999, 400, IOTDA.000017",
        "GET, devices?offset=ten, 400, IOTDA.000011",
        "PATCH, devices/d1, 405, APIGW.0101",
        "GET, devices?is_cascade_query=yes, 400, IOTDA.000006",
        "GET, devices/%ff, 400, IOTDA.000006",
        "GET, devices/%, 400, IOTDA.000006"
    })
    void a_request_that_makes_no_sense_is_refused(String method, String path, int status, String code)
            throws InterruptedException {
        AppAnswer answer = rest.call(method, path, "");
        assertThat(answer.status()).isEqualTo(status);
        assertThat(json(answer).path("error_code").asString()).isEqualTo(code);
        assertThat(json(answer).path("error_msg").asString()).isNotBlank();
        assertThat(answer.headers().get("X-Request-Id")).hasSize(32);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "[]", "1", "\"x\"", "null", "{}}", "{\"a\":}", "{\"node_id\":\"\u0000", "<xml/>"})
    void a_body_that_is_no_object_is_malformed(String body) throws InterruptedException {
        assertThat(code(rest.call("POST", "devices", body))).isEqualTo("400 IOTDA.000008");
    }

    @Test
    void a_body_that_is_said_to_be_something_else_is_malformed() throws InterruptedException {
        SentRequest xml = SentRequest.of("POST", TestRest.ROOT + "devices", "{}")
                .with("X-Auth-Token", rest.token(Rights.ALL))
                .with("Content-Type", "application/xml");
        assertThat(code(rest.answer(xml))).isEqualTo("400 IOTDA.000008");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | \"node_id\" is missing",
                "{\"node_id\":7,\"product_id\":\"lamp\"} | \"node_id\" must be a string",
                "{\"node_id\":null,\"product_id\":\"lamp\"} | \"node_id\" is missing",
                "{\"node_id\":\"n\",\"product_id\":{}} | \"product_id\" must be a string",
                "{\"node_id\":\"n\",\"product_id\":\"p\",\"auth_info\":[]} | \"auth_info\" must be an object",
                "{\"node_id\":\"n\",\"product_id\":\"p\",\"auth_info\":{\"timeout\":\"1\"}}"
                        + " | \"auth_info.timeout\" must be a whole number",
                "{\"node_id\":\"n\",\"product_id\":\"p\",\"auth_info\":{\"timeout\":1.5}}"
                        + " | \"auth_info.timeout\" must be a whole number",
                "{\"node_id\":\"n\",\"product_id\":\"p\",\"auth_info\":{\"secure_access\":\"true\"}}"
                        + " | \"auth_info.secure_access\" must be true or false",
                "{\"node_id\":\"n\",\"product_id\":\"p\",\"extension_info\":[]} | \"extension_info\" must be an object",
                "{\"node_id\":\"n\",\"product_id\":\"p\",\"shadow\":[{}]} | \"shadow.service_id\" is missing",
                "{\"node_id\":\"n\",\"product_id\":\"p\",\"shadow\":[null]} | \"shadow\" has a null in it"
            })
    void a_member_of_a_wrong_type_is_named(String body, String message) throws InterruptedException {
        AppAnswer answer = rest.call("POST", "devices", body);
        assertThat(code(answer)).isEqualTo("400 IOTDA.000006");
        assertThat(json(answer).path("error_msg").asString()).isEqualTo(message);
    }

    @Test
    void a_member_nobody_knows_is_passed_over() throws InterruptedException {
        assertThat(rest.call("POST", "products", PRODUCT.formatted(",\"colour\":1"))
                        .status())
                .isEqualTo(201);
    }

    @Test
    void a_body_beyond_the_bound_is_refused_before_anything_else() throws InterruptedException {
        String large = "{\"name\":\"" + "x".repeat(1 << 20) + "\"}";
        assertThat(code(rest.call("POST", "products", large))).isEqualTo("413 IOTDA.000006");
    }

    @Test
    void another_project_is_none_of_the_callers() throws InterruptedException {
        SentRequest foreign =
                SentRequest.of("GET", "/v5/iot/p2/devices", "").with("X-Auth-Token", rest.token(Rights.ALL));
        assertThat(code(rest.answer(foreign))).isEqualTo("403 APIGW.0302");
    }

    @Test
    void a_call_without_a_proof_is_refused_before_it_learns_anything() throws InterruptedException {
        assertThat(code(rest.answer(SentRequest.of("GET", TestRest.ROOT + "devices/x", ""))))
                .isEqualTo("401 APIGW.0301");
    }

    @Test
    void a_reader_changes_nothing_and_a_caller_of_one_area_does_nothing_else() throws InterruptedException {
        Rights reader = Rights.of(Role.READER);
        assertThat(code(rest.call(reader, "POST", "products", PRODUCT.formatted(""))))
                .isEqualTo("403 IOTDA.014005");
        assertThat(rest.call(reader, "GET", "products", "").status()).isEqualTo(200);
        Rights groups = new Rights(Role.OPERATOR, Set.of(), Set.of(Area.GROUPS));
        assertThat(code(rest.call(groups, "GET", "products", ""))).isEqualTo("403 IOTDA.014005");
    }

    @Test
    void what_is_in_another_space_does_not_exist() throws InterruptedException {
        Space ours = rest.spaces.create("ours");
        Space theirs = rest.spaces.create("theirs");
        rest.call("POST", "products", PRODUCT.formatted(",\"app_id\":\"" + theirs.id() + "\""));
        rest.call("POST", "devices", "{\"product_id\":\"lamp\",\"node_id\":\"n1\"}");
        Rights limited = new Rights(Role.OPERATOR, Set.of(ours.id()), Set.of());

        assertThat(code(rest.call(limited, "GET", "products/lamp", ""))).isEqualTo("404 IOTDA.014001");
        assertThat(code(rest.call(limited, "DELETE", "products/lamp", ""))).isEqualTo("404 IOTDA.014001");
        assertThat(code(rest.call(limited, "GET", "devices/lamp_n1", ""))).isEqualTo("404 IOTDA.014000");
        assertThat(code(rest.call(limited, "POST", "devices/lamp_n1/freeze", "")))
                .isEqualTo("404 IOTDA.014000");
        assertThat(code(rest.call(limited, "POST", "devices", "{\"product_id\":\"lamp\",\"node_id\":\"n2\"}")))
                .isEqualTo("404 IOTDA.014001");
        assertThat(code(rest.call(limited, "GET", "apps/" + theirs.id(), ""))).isEqualTo("403 IOTDA.001000");
        assertThat(code(rest.call(limited, "POST", "apps", "{\"app_name\":\"more\"}")))
                .isEqualTo("403 IOTDA.014005");
        assertThat(json(rest.call(limited, "GET", "devices", "")).path("devices"))
                .isEmpty();
        assertThat(json(rest.call(limited, "GET", "products", "")).path("products"))
                .isEmpty();
        assertThat(json(rest.call(limited, "GET", "apps", "")).path("applications"))
                .hasSize(1);
        assertThat(json(rest.call(
                                limited,
                                "POST",
                                "search/query-devices",
                                "{\"sql\":\"select count(*) from device where product_id = 'lamp' or node_id = 'n1'\"}"))
                        .path("count")
                        .asInt())
                .isZero();
    }

    @Test
    void a_changing_call_is_recorded_refused_ones_too() throws InterruptedException {
        rest.call("POST", "products", PRODUCT.formatted(""));
        rest.call("DELETE", "products/lamp", "");
        rest.call("DELETE", "products/lamp", "");
        rest.call("GET", "products", "");
        assertThat(rest.audit.records)
                .extracting(AuditRecord::api, AuditRecord::action, AuditRecord::target, AuditRecord::outcome)
                .containsExactly(
                        tuple("huawei", "DeleteProduct", "lamp", "PRODUCT_NOT_FOUND"),
                        tuple("huawei", "DeleteProduct", "lamp", "ok"),
                        tuple("huawei", "CreateProduct", "lamp", "ok"));
    }

    @Test
    void a_user_gets_a_token_for_a_day() throws InterruptedException {
        rest.user("ann", "correct-horse");
        AppAnswer answer = rest.answer(login("ann", "correct-horse", "berth"));
        assertThat(answer.status()).isEqualTo(201);
        assertThat(json(answer).path("token").path("project").path("id").asString())
                .isEqualTo(HuaweiRest.Rules.DEFAULT.projectId());
        String token = answer.headers().getOrDefault("X-Subject-Token", "");
        SentRequest call = SentRequest.of("GET", TestRest.ROOT + "devices", "").with("X-Auth-Token", token);
        assertThat(rest.answer(call).status()).isEqualTo(200);
        rest.clock.advance(Duration.ofHours(25));
        assertThat(code(rest.answer(call))).isEqualTo("401 APIGW.0301");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 2026-11-21T08:00:00.000000Z, 2026-11-22T08:00:00.000000Z",
        "45514492328, 2026-11-21T08:00:45.514492Z, 2026-11-22T08:00:45.514492Z"
    })
    void a_token_says_its_times_with_six_decimals(long nanos, String issued, String expires)
            throws InterruptedException {
        rest.user("ann", "correct-horse");
        rest.clock.advance(Duration.ofNanos(nanos));

        JsonNode token =
                json(rest.answer(login("ann", "correct-horse", "berth"))).path("token");

        assertThat(token.path("issued_at").asString()).isEqualTo(issued);
        assertThat(token.path("expires_at").asString()).isEqualTo(expires);
    }

    @Test
    void a_wrong_password_user_or_domain_gets_none_and_too_many_close_the_door() throws InterruptedException {
        rest.user("ann", "correct-horse");
        for (SentRequest wrong : new SentRequest[] {
            login("ann", "wrong-horse", "berth"), login("bob", "correct-horse", "berth"), login("ann", "x y", "berth")
        }) {
            assertThat(rest.answer(wrong).status()).isEqualTo(401);
        }
        AppAnswer refused = rest.answer(login("ann", "correct-horse", "other"));
        assertThat(refused.status()).isEqualTo(401);
        assertThat(json(refused).path("error").path("code").asInt()).isEqualTo(401);
        assertThat(rest.answer(login("ann", "correct-horse", "berth")).status()).isEqualTo(429);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "{\"auth\":{}}",
                "{\"auth\":{\"identity\":{\"methods\":[\"token\"]}}}",
                "{\"auth\":{\"identity\":{\"methods\":[\"password\"],\"password\":{\"user\":{\"name\":\"a\"}}}}}",
                "{\"auth\":7}",
                "["
            })
    void a_login_that_makes_no_sense_is_refused(String body) throws InterruptedException {
        assertThat(rest.answer(SentRequest.of("POST", "/v3/auth/tokens", body)).status())
                .isEqualTo(400);
    }

    @Test
    void the_project_is_found_by_any_region() throws InterruptedException {
        AppAnswer answer = rest.answer(
                SentRequest.of("GET", "/v3/projects?name=cn-north-4", "").with("X-Auth-Token", rest.token(Rights.ALL)));
        JsonNode project = json(answer).path("projects").path(0);
        assertThat(project.path("name").asString()).isEqualTo("cn-north-4");
        assertThat(project.path("id").asString()).isEqualTo(HuaweiRest.Rules.DEFAULT.projectId());
        assertThat(rest.answer(SentRequest.of("GET", "/v3/auth/domains", "")).status())
                .isEqualTo(401);
    }

    private static SentRequest login(String user, String password, String domain) {
        return SentRequest.of("POST", "/v3/auth/tokens", """
                {"auth":{"identity":{"methods":["password"],"password":{"user":
                {"name":"%s","password":"%s","domain":{"name":"%s"}}}},"scope":{"project":{"name":"cn-north-4"}}}}
                """.formatted(user, password, domain));
    }

    private static String code(AppAnswer answer) {
        return answer.status() + " " + json(answer).path("error_code").asString();
    }

    private static JsonNode json(AppAnswer answer) {
        return JsonMapper.shared().readTree(answer.body().text());
    }
}
