package io.berth.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.berth.api.ApiServer.Answer;
import io.berth.core.audit.AuditRecord;
import io.berth.core.caller.Callers;
import io.berth.core.caller.Rights;
import io.berth.core.caller.Role;
import io.berth.core.credential.Secret;
import io.berth.core.product.Space;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

@Tag("slow")
@SuppressWarnings("NullAway.Init") // made before each test
final class CallerApiTest {
    private ApiServer server;

    @BeforeEach
    void start() throws IOException {
        server = new ApiServer();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void the_password_gets_a_token_that_works_until_it_expires() {
        Callers.FirstCredentials first = server.callers.bootstrap().orElseThrow();
        Answer made = login(first.password().reveal());

        assertThat(made.status()).isEqualTo(201);
        assertThat(made.at("expires").asString()).isEqualTo("2026-11-21T09:00:00Z");
        String token = made.at("token").asString();
        assertThat(server.call("GET", "/accesskeys", null, token).status()).isEqualTo(200);
        server.clock.advance(Duration.ofHours(1));
        assertThat(server.call("GET", "/accesskeys", null, token).status()).isEqualTo(401);
    }

    @Test
    void guessing_the_password_is_stopped_even_for_the_right_one() {
        Callers.FirstCredentials first = server.callers.bootstrap().orElseThrow();
        for (int i = 0; i < 3; i++) {
            assertThat(login("guess" + i).problem()).isEqualTo("UNAUTHENTICATED");
        }
        assertThat(login(first.password().reveal()).status()).isEqualTo(503);

        server.clock.advance(Duration.ofMinutes(1));
        assertThat(login(first.password().reveal()).status()).isEqualTo(201);
    }

    @Test
    void every_route_but_tokens_needs_a_token_that_is_known() {
        for (Route<?, ?> route : server.api.routes()) {
            if (route.demand().role() == null) {
                continue;
            }
            String path = route.path().replaceAll("\\{[a-z]+}", "x");
            Answer without = server.call(route.method().name(), path, "{}", null);
            assertThat(without.status()).as("%s %s", route.method(), path).isEqualTo(401);
            assertThat(without.response().headers().firstValue("WWW-Authenticate"))
                    .contains("Bearer");
            assertThat(server.call(route.method().name(), path, "{}", "guess").problem())
                    .isEqualTo("UNAUTHENTICATED");
        }
    }

    @Test
    void a_header_that_is_no_bearer_token_is_refused() {
        assertThat(server.call("GET", "/node", null, "gu ess").status()).isEqualTo(401);
        assertThat(server.call("GET", "/node", null, "").status()).isEqualTo(401);
    }

    @Test
    void holders_of_tokens_operate_but_make_no_credentials() {
        Answer made = server.post("/tokens", "{\"name\":\"ci\",\"lifetime\":\"30d\"}");
        String token = made.at("token").asString();

        assertThat(made.at("expires").asString()).isEqualTo("2026-12-21T08:00:00Z");
        assertThat(server.call("POST", "/products", "{\"name\":\"p\"}", token).status())
                .isEqualTo(201);
        assertThat(server.call("POST", "/accesskeys", "{}", token).problem()).isEqualTo("FORBIDDEN");
        assertThat(server.call("POST", "/tokens", "{\"name\":\"x\"}", token).problem())
                .isEqualTo("FORBIDDEN");
        assertThat(server.call("DELETE", "/accesskeys/x", null, token).problem())
                .isEqualTo("FORBIDDEN");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"user\":\"admin\"}",
                "{\"user\":\"a\",\"password\":\"b\",\"name\":\"c\"}",
                "{\"name\":\"x\",\"lifetime\":\"0s\"}",
                "{\"name\":\"x\",\"lifetime\":\"367d\"}",
                "{\"name\":\"x\",\"lifetime\":\"soon\"}",
                "{\"name\":\"admin\"}",
                "{\"name\":\"line\\nbreak\"}"
            })
    void a_token_is_not_made_from_nonsense(String body) {
        assertThat(server.post("/tokens", body).problem()).isEqualTo("INVALID_ARGUMENT");
    }

    @Test
    void nobody_makes_a_token_for_a_name() {
        assertThat(server.call("POST", "/tokens", "{\"name\":\"x\"}", null).problem())
                .isEqualTo("UNAUTHENTICATED");
    }

    @Test
    void access_keys_show_their_secret_once() {
        Answer made = server.post("/accesskeys", "{\"id\":\"LTAI.1\",\"secret\":\"abc\"}");

        assertThat(made.status()).isEqualTo(201);
        assertThat(made.text())
                .startsWith("{\"id\":\"LTAI.1\",\"secret\":\"abc\",\"created\":\"2026-11-21T08:00:00Z\"");
        assertThat(server.post("/accesskeys", "{}").at("secret").asString()).isNotEmpty();
        assertThat(server.get("/accesskeys").text()).contains("\"LTAI.1\"").doesNotContain("secret");
        assertThat(server.post("/accesskeys", "{\"id\":\"LTAI.1\"}").problem()).isEqualTo("ACCESS_KEY_EXISTS");
        assertThat(server.delete("/accesskeys/LTAI.1").status()).isEqualTo(204);
        assertThat(server.delete("/accesskeys/LTAI.1").problem()).isEqualTo("ACCESS_KEY_NOT_FOUND");
    }

    @Test
    void a_user_does_what_the_role_allows_and_nothing_once_disabled() {
        server.callers.bootstrap();
        Answer made = server.post(
                "/users",
                "{\"name\":\"ann\",\"password\":\"correct-horse\",\"role\":\"reader\",\"areas\":[\"products\"]}");
        assertThat(made.status()).isEqualTo(201);
        assertThat(made.text()).doesNotContain("correct-horse");
        String token = login("ann", "correct-horse").at("token").asString();

        assertThat(server.call("GET", "/products", null, token).status()).isEqualTo(200);
        assertThat(server.call("POST", "/products", "{\"name\":\"p\"}", token)
                        .at("detail")
                        .asString())
                .isEqualTo("this needs the role of operator");
        assertThat(server.call("GET", "/node", null, token).at("detail").asString())
                .isEqualTo("the caller has no right to platform");

        server.post("/users/ann/rights", "{\"role\":\"operator\"}");
        assertThat(server.call("POST", "/products", "{\"name\":\"p\"}", token).status())
                .isEqualTo(201);
        server.post("/users/ann/disable", "");
        assertThat(server.call("GET", "/products", null, token).problem()).isEqualTo("UNAUTHENTICATED");
        assertThat(login("ann", "correct-horse").problem()).isEqualTo("UNAUTHENTICATED");
        server.post("/users/ann/enable", "");
        assertThat(server.call("GET", "/products", null, token).status()).isEqualTo(200);
    }

    @Test
    void users_are_listed_shown_and_deleted() {
        server.post("/users", "{\"name\":\"root\",\"password\":\"correct-horse\",\"role\":\"administrator\"}");

        assertThat(server.get("/users").at("items").get(0).get("role").asString())
                .isEqualTo("administrator");
        assertThat(server.get("/users/root").at("enabled").asBoolean()).isTrue();
        assertThat(server.delete("/users/root").problem()).isEqualTo("LIMIT_REACHED");
        assertThat(server.post("/users", "{\"name\":\"root\",\"password\":\"12345678\",\"role\":\"reader\"}")
                        .problem())
                .isEqualTo("USER_EXISTS");
        assertThat(server.post("/users", "{\"name\":\"x\",\"password\":\"1234567\",\"role\":\"reader\"}")
                        .problem())
                .isEqualTo("INVALID_ARGUMENT");
        assertThat(server.get("/users/nobody").problem()).isEqualTo("NOT_FOUND");
    }

    @Test
    void a_caller_limited_to_a_space_sees_its_products_only() {
        String other = "1".repeat(32);
        server.device("inside", "d1");
        String id = server.get("/products/inside/devices/d1").at("huaweiId").asString();
        String token = server.callers
                .createToken("app", new Rights(Role.OPERATOR, Set.of(Space.DEFAULT_ID), Set.of()), Duration.ofHours(1))
                .reveal();
        String outside = server.callers
                .createToken("stranger", new Rights(Role.OPERATOR, Set.of(other), Set.of()), Duration.ofHours(1))
                .reveal();

        assertThat(server.call("GET", "/products/inside/devices/d1", null, token)
                        .status())
                .isEqualTo(200);
        assertThat(server.call("GET", "/products/inside/devices/d1", null, outside)
                        .problem())
                .isEqualTo("PRODUCT_NOT_FOUND");
        assertThat(server.call("DELETE", "/products/inside/devices/d1", null, outside)
                        .problem())
                .isEqualTo("PRODUCT_NOT_FOUND");
        assertThat(server.call("GET", "/products", null, token).at("items")).hasSize(1);
        assertThat(server.call("GET", "/products", null, outside).at("items")).isEmpty();
        assertThat(server.call("GET", "/devices?huaweiId=" + id, null, token).status())
                .isEqualTo(200);
        assertThat(server.call("GET", "/devices?huaweiId=" + id, null, outside).problem())
                .isEqualTo("DEVICE_NOT_FOUND");
        assertThat(server.call("GET", "/tail?product=inside&timeoutMillis=0", null, token)
                        .status())
                .isEqualTo(200);
        assertThat(server.call("GET", "/tail?product=inside", null, outside).problem())
                .isEqualTo("PRODUCT_NOT_FOUND");
        assertThat(server.call("GET", "/tail", null, token).problem()).isEqualTo("INVALID_ARGUMENT");
        String child = "{\"product\":\"inside\",\"device\":\"d1\"}";
        server.device("elsewhere", "gw");
        assertThat(server.call("POST", "/products/elsewhere/devices/gw/children", child, outside)
                        .problem())
                .isEqualTo("PRODUCT_NOT_FOUND");
        for (String closed : List.of("/rules", "/scenes", "/node", "/refusals", "/alarms")) {
            assertThat(server.call("GET", closed, null, token).problem())
                    .as(closed)
                    .isEqualTo("FORBIDDEN");
        }
    }

    @Test
    void an_owner_changes_its_key_with_the_rights_of_the_first() {
        Answer first = server.post(
                "/accesskeys", "{\"owner\":\"billing\",\"role\":\"reader\",\"areas\":[\"devices\",\"things\"]}");
        Answer second = server.post("/accesskeys/rotate", "{\"owner\":\"billing\"}");

        assertThat(second.status()).isEqualTo(201);
        assertThat(second.at("role").asString()).isEqualTo("reader");
        assertThat(second.at("areas")).hasToString("[\"devices\",\"things\"]");
        assertThat(second.at("secret").asString()).isNotEmpty();
        assertThat(server.post("/accesskeys/rotate", "{\"owner\":\"billing\"}").problem())
                .isEqualTo("LIMIT_REACHED");

        String id = first.at("id").asString();
        assertThat(server.post("/accesskeys/" + id + "/disable", "")
                        .at("enabled")
                        .asBoolean())
                .isFalse();
        assertThat(server.callers.findAccessKey(id).orElseThrow().enabled()).isFalse();
    }

    @Test
    void the_list_of_keys_tells_the_last_use() {
        server.post("/accesskeys", "{\"id\":\"LTAI.1\"}");
        server.callers.signedIn(server.callers.findAccessKey("LTAI.1").orElseThrow(), "10.0.0.9", "aliyun");

        assertThat(server.get("/accesskeys")
                        .at("items")
                        .get(0)
                        .get("lastAddress")
                        .asString())
                .isEqualTo("10.0.0.9");
    }

    @Test
    void secrets_are_shown_to_those_that_operate_and_not_to_those_that_look() {
        server.post("/products", "{\"name\":\"p\",\"key\":\"pk\"}");
        server.post("/products/pk/devices", "{\"name\":\"d1\",\"huaweiId\":\"hw-d1\"}");

        for (String path : List.of("/products/pk", "/products/pk/devices/d1", "/devices?huaweiId=hw-d1")) {
            JsonNode operators =
                    server.call("GET", path, null, token(Role.OPERATOR)).json();
            JsonNode readers =
                    server.call("GET", path, null, token(Role.READER)).json();
            assertThat(operators.path("secret").asString()).as(path).hasSize(32);
            assertThat(readers.has("secret")).as(path).isFalse();
            assertThat(readers.size()).as(path).isEqualTo(operators.size() - 1);
        }
    }

    private String token(Role role) {
        return server.callers
                .createToken("holder-" + role, Rights.of(role), Duration.ofHours(1))
                .reveal();
    }

    @Test
    void whoever_changes_something_is_written_down_with_what_came_of_it() {
        String token = server.callers
                .createToken("ci", Rights.of(Role.READER), Duration.ofHours(1))
                .reveal();
        server.post("/products", "{\"name\":\"p\",\"key\":\"pk\"}");
        server.post("/products/pk/devices", "{\"name\":\"d1\",\"secret\":\"s3cret-of-d1\"}");
        server.call("DELETE", "/products/pk/devices/d1", null, token);
        server.get("/products");
        server.post("/tokens", "{\"name\":\"other\"}");

        assertThat(server.audit.records)
                .extracting(AuditRecord::caller, AuditRecord::action, AuditRecord::target, AuditRecord::outcome)
                .containsExactly(
                        tuple("local", "POST /tokens", "other", "ok"),
                        tuple("ci", "DELETE /products/{product}/devices/{device}", "pk/d1", "FORBIDDEN"),
                        tuple("local", "POST /products/{product}/devices", "pk/d1", "ok"),
                        tuple("local", "POST /products", "pk", "ok"));
        assertThat(server.audit.records).allMatch(record -> record.api().equals("native"));
        assertThat(server.audit.records.toString()).doesNotContain("s3cret");
    }

    @Test
    void administrators_search_the_audit_and_write_it_out() {
        server.post("/products", "{\"name\":\"p\",\"key\":\"pk\"}");
        server.post("/products", "{\"name\":\"p\",\"key\":\"pk\"}");

        Answer page = server.get("/audit?target=pk&limit=1");
        assertThat(page.at("items").get(0).get("outcome").asString()).isEqualTo("PRODUCT_EXISTS");
        assertThat(server.get("/audit?target=pk&after=" + page.at("next").asString())
                        .at("items"))
                .hasSize(1);
        assertThat(server.get("/audit?failed=true").at("items")).hasSize(1);
        assertThat(server.get("/audit/export").lines()).hasSize(2);
        String token = server.callers
                .createToken("op", Rights.of(Role.OPERATOR), Duration.ofHours(1))
                .reveal();
        assertThat(server.call("GET", "/audit", null, token).problem()).isEqualTo("FORBIDDEN");
    }

    @Test
    void a_wrong_password_is_explained_to_the_operator_without_showing_it() {
        server.callers.bootstrap();
        login("guess-1234");

        Answer refusals = server.get("/refusals?claimed=admin");
        assertThat(refusals.at("items").get(0).get("fault").asString()).isEqualTo("wrong-signature");
        assertThat(refusals.text()).contains("the password is wrong").doesNotContain("guess-1234");
    }

    private Answer login(String password) {
        return login("admin", password);
    }

    private Answer login(String user, String password) {
        return server.call(
                "POST",
                "/tokens",
                "{\"user\":\"" + user + "\",\"password\":\"" + new Secret(password).reveal()
                        + "\",\"lifetime\":\"1h\"}",
                null);
    }
}
