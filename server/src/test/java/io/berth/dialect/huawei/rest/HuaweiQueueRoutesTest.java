package io.berth.dialect.huawei.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.dialect.AppAnswer;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Queues and the codes they are read with (spec huawei-iotda 7.6).
@SuppressWarnings("NullAway.Init") // made before each test
final class HuaweiQueueRoutesTest {
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
    void a_queue_that_a_rule_writes_to_is_not_deleted() throws Exception {
        String queue = done(201, "POST", "amqp-queues", "{\"queue_name\":\"reports\"}")
                .path("queue_id")
                .asString();
        String rule =
                done(201, "POST", "routing-rule/rules", """
                {"subject":{"resource":"device.property","event":"report"}}""").path("rule_id").asString();
        String action = done(201, "POST", "routing-rule/actions", action(rule, "reports"))
                .path("action_id")
                .asString();

        done(400, "DELETE", "amqp-queues/" + queue, "");
        done(204, "DELETE", "routing-rule/actions/" + action, "");
        done(204, "DELETE", "amqp-queues/" + queue, "");
    }

    @Test
    void a_rule_forwards_to_no_queue_there_is_not() throws Exception {
        done(201, "POST", "amqp-queues", "{\"queue_name\":\"reports\"}");
        String rule =
                done(201, "POST", "routing-rule/rules", """
                {"subject":{"resource":"device.property","event":"report"}}""").path("rule_id").asString();

        JsonNode refused = done(404, "POST", "routing-rule/actions", action(rule, "qzz"));
        assertThat(refused.path("error_code").asString()).isEqualTo("IOTDA.000003");
        assertThat(refused.path("error_msg").asString()).contains("qzz");
        assertThat(done(200, "GET", "routing-rule/actions", "").path("actions")).isEmpty();

        String path = "routing-rule/actions/"
                + done(201, "POST", "routing-rule/actions", action(rule, "reports"))
                        .path("action_id")
                        .asString();
        done(404, "PUT", path, action(rule, "qzz"));
        assertThat(done(200, "GET", path, "")
                        .at("/channel_detail/amqp_forwarding/queue_name")
                        .asString())
                .isEqualTo("reports");
    }

    @Test
    void a_rule_forwards_to_the_default_queue_which_nobody_has_to_make() throws Exception {
        String rule =
                done(201, "POST", "routing-rule/rules", """
                {"subject":{"resource":"device.property","event":"report"}}""").path("rule_id").asString();

        done(201, "POST", "routing-rule/actions", action(rule, "DefaultQueue"));
        done(201, "POST", "routing-rule/actions", action(rule, "DefaultQueue"));

        assertThat(done(200, "GET", "amqp-queues", "").path("queues").findValuesAsString("queue_name"))
                .containsExactly("DefaultQueue");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"type\":\"AMQP\",\"force_disconnect\":true}", "{\"force_disconnect\":false}"})
    void an_access_code_replaces_the_one_before(String wanted) throws Exception {
        String older =
                done(201, "POST", "auth/accesscode", "{}").path("access_key").asString();

        String newer =
                done(201, "POST", "auth/accesscode", wanted).path("access_key").asString();

        assertThat(server.callers.accessKeys().list())
                .extracting(used -> used.key().id())
                .contains(newer)
                .doesNotContain(older);
    }

    private static String action(String rule, String queue) {
        return """
                {"rule_id":"%s","channel":"AMQP_FORWARDING",\
                "channel_detail":{"amqp_forwarding":{"queue_name":"%s"}}}""".formatted(rule, queue);
    }

    private JsonNode done(int status, String method, String path, String body) throws Exception {
        AppAnswer answer = server.call(method, path, body);
        assertThat(answer.status()).as(answer.body().text()).isEqualTo(status);
        return JsonMapper.shared()
                .readTree(answer.body().size() == 0 ? "null" : answer.body().text());
    }
}
