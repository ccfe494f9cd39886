package io.berth.dialect.huawei.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.core.caller.Rights;
import io.berth.core.caller.Role;
import io.berth.core.product.Space;
import io.berth.dialect.AppAnswer;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Flow control and backlog policies (spec huawei-iotda 7.7, 8). That they work is shown with the rules.
@SuppressWarnings("NullAway.Init") // made before each test
final class HuaweiPoliciesTest {
    private static final String FLOW = "routing-rule/flowcontrol-policy";
    private static final String BACKLOG = "routing-rule/backlog-policy";

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
    void a_flow_policy_is_made_shown_changed_and_deleted() throws Exception {
        JsonNode made = done(201, "POST", FLOW, "{\"policy_name\":\"all\",\"scope\":\"USER\",\"limit\":5}");
        String one = FLOW + "/" + made.path("policy_id").asString();
        assertThat(made.path("policy_id").asString()).matches("[0-9a-f]{24}");
        assertThat(made.path("scope").asString()).isEqualTo("USER");
        assertThat(made.has("scope_value")).isFalse();

        JsonNode changed = done(200, "PUT", one, "{\"description\":\"slower\",\"limit\":1}");
        assertThat(changed.path("policy_name").asString()).isEqualTo("all");
        assertThat(done(200, "GET", one, "")).isEqualTo(changed);
        assertThat(changed.path("limit").asInt()).isEqualTo(1);

        assertThat(call("DELETE", one, "").status()).isEqualTo(204);
        assertThat(call("GET", one, "").status()).isEqualTo(404);
        assertThat(call("PUT", one, "{}").status()).isEqualTo(404);
        assertThat(call("DELETE", one, "").status()).isEqualTo(404);
    }

    @Test
    void a_flow_policy_is_over_a_channel_a_rule_or_an_action_that_is_there() throws Exception {
        String rule = done(
                        201,
                        "POST",
                        "routing-rule/rules",
                        "{\"rule_name\":\"r\",\"subject\":{\"resource\":\"device\",\"event\":\"create\"}}")
                .path("rule_id")
                .asString();
        assertThat(over("CHANNEL", "HTTP_FORWARDING").path("scope_value").asString())
                .isEqualTo("HTTP_FORWARDING");
        assertThat(over("RULE", rule).path("scope_value").asString()).isEqualTo(rule);
        assertThat(done(200, "GET", FLOW + "?scope=RULE&scope_value=" + rule, "")
                        .path("count")
                        .asInt())
                .isEqualTo(1);
        assertThat(code(call("POST", FLOW, scope("RULE", "0".repeat(24))))).isEqualTo("404 IOTDA.000003");
        assertThat(code(call("POST", FLOW, scope("ACTION", "0".repeat(24))))).isEqualTo("404 IOTDA.000003");
    }

    @Test
    void a_backlog_policy_has_the_greatest_bounds_unless_it_says_less() throws Exception {
        JsonNode made = done(201, "POST", BACKLOG, "{\"policy_name\":\"b\"}");
        assertThat(made.path("backlog_size").asLong()).isEqualTo(1_073_741_823);
        assertThat(made.path("backlog_time").asLong()).isEqualTo(86_399);
        String one = BACKLOG + "/" + made.path("policy_id").asString();

        JsonNode changed = done(200, "PUT", one, "{\"backlog_size\":0}");
        assertThat(changed.path("backlog_size").asLong()).isZero();
        assertThat(changed.path("backlog_time").asLong()).isEqualTo(86_399);
        assertThat(done(200, "GET", one, "")).isEqualTo(changed);
        assertThat(call("DELETE", one, "").status()).isEqualTo(204);
        assertThat(call("DELETE", one, "").status()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "flowcontrol-policy | {\"limit\":0} | 400 IOTDA.000006",
                "flowcontrol-policy | {\"limit\":1001} | 400 IOTDA.000006",
                "flowcontrol-policy | {\"scope\":\"DEVICE\"} | 400 IOTDA.000006",
                "flowcontrol-policy | {\"scope\":\"CHANNEL\"} | 400 IOTDA.000006",
                "flowcontrol-policy | {\"scope\":\"CHANNEL\",\"scope_value\":\"OBS_FORWARDING\"} | 501 IOTDA.014005",
                "flowcontrol-policy | {\"policy_name\":\"\"} | 400 IOTDA.000006",
                "backlog-policy | {\"backlog_size\":-1} | 400 IOTDA.000006",
                "backlog-policy | {\"backlog_size\":1073741824} | 400 IOTDA.000006",
                "backlog-policy | {\"backlog_time\":86400} | 400 IOTDA.000006"
            })
    void a_bound_out_of_range_is_refused(String path, String body, String code) throws Exception {
        assertThat(code(call("POST", "routing-rule/" + path, body))).isEqualTo(code);
    }

    @Test
    void policies_are_listed_newest_first_and_are_not_endless() throws Exception {
        for (int i = 1; i <= 3; i++) {
            done(201, "POST", BACKLOG, "{\"policy_name\":\"b" + i + "\"}");
        }
        assertThat(code(call("POST", BACKLOG, "{}"))).isEqualTo("403 IOTDA.014002");
        JsonNode first = done(200, "GET", BACKLOG + "?limit=2", "");
        assertThat(first.path("count").asInt()).isEqualTo(3);
        assertThat(first.path("backlog_policies").findValuesAsString("policy_name"))
                .containsExactly("b3", "b2");
        JsonNode rest = done(
                200, "GET", BACKLOG + "?limit=2&marker=" + first.path("marker").asString(), "");
        assertThat(rest.path("backlog_policies").findValuesAsString("policy_name"))
                .containsExactly("b1");
    }

    @Test
    void a_caller_of_one_space_has_no_say_in_what_all_share() throws Exception {
        Rights one = new Rights(Role.ADMINISTRATOR, Set.of(Space.DEFAULT_ID), Set.of());
        assertThat(code(server.call(one, "POST", FLOW, "{}"))).isEqualTo("403 IOTDA.014005");
        assertThat(code(server.call(one, "GET", BACKLOG, ""))).isEqualTo("403 IOTDA.014005");
    }

    private JsonNode over(String scope, String value) throws Exception {
        return done(201, "POST", FLOW, scope(scope, value));
    }

    private static String scope(String scope, String value) {
        return "{\"scope\":\"" + scope + "\",\"scope_value\":\"" + value + "\"}";
    }

    private JsonNode done(int status, String method, String path, String body) throws Exception {
        AppAnswer answer = call(method, path, body);
        assertThat(answer.status()).as(answer.body().text()).isEqualTo(status);
        return JsonMapper.shared().readTree(answer.body().toBytes());
    }

    private AppAnswer call(String method, String path, String body) throws Exception {
        return server.call(method, path, body);
    }

    private static String code(AppAnswer answer) {
        return answer.status() + " "
                + JsonMapper.shared()
                        .readTree(answer.body().toBytes())
                        .path("error_code")
                        .asString();
    }
}
