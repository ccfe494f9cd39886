package io.berth.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.berth.api.ApiServer.Answer;
import io.berth.core.Completion;
import io.berth.core.Payload;
import io.berth.testing.SampleEvents;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@SuppressWarnings("NullAway.Init") // made before each test
final class RuleApiTest {
    private static final String PUSH = """
            {"name":"push","source":{"kinds":["message"],"products":["a1"],"devices":["pump-*"]},
             "select":"t AS x","where":"t > 1",
             "actions":[{"destination":{"kind":"http","url":"http://127.0.0.1:1/","bearer":"topsecret"},
                         "policy":{"keepFor":"2h","parallel":2}}]}""";

    private ApiServer server;

    @BeforeEach
    void start() throws IOException {
        server = new ApiServer();
        server.post("/products", "{\"name\":\"Meter\",\"key\":\"a1\"}");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void a_rule_is_created_shown_listed_replaced_stopped_and_deleted() {
        Answer created = server.post("/rules", PUSH);
        assertThat(created.status()).isEqualTo(201);
        assertThat(created.at("format").asString()).isEqualTo("huawei");
        assertThat(created.at("enabled").asBoolean()).isTrue();

        Answer shown = server.get("/rules/push");
        assertThat(shown.at("id").asString()).isEqualTo(created.at("id").asString());
        assertThat(shown.at("where").asString()).isEqualTo("t > 1");
        assertThat(shown.at("source").toString()).contains("pump-*").contains("message");
        assertThat(action(shown))
                .contains("\"kind\":\"http\"", "\"keepFor\":\"2h\"", "\"sent\":0", "\"bearer\":\"***\"");
        assertThat(shown.text()).doesNotContain("topsecret");
        assertThat(server.get("/rules?limit=1").at("items").size()).isEqualTo(1);

        Answer updated = server.post("/rules/push", """
                {"name":"pushed","actions":[
                  {"id":"http","destination":{"kind":"http","url":"http://127.0.0.1:2/","bearer":"***"}}]}""");
        assertThat(updated.status()).isEqualTo(200);
        assertThat(updated.at("format").asString()).isEqualTo("native");
        assertThat(server.rules.get("pushed").actions().getFirst().settings().toString())
                .contains("topsecret");

        assertThat(server.post("/rules/pushed/disable", "{}").at("enabled").asBoolean())
                .isFalse();
        assertThat(action(server.get("/rules/pushed"))).doesNotContain("\"state\"");
        assertThat(server.post("/rules/pushed/enable", "{}").at("enabled").asBoolean())
                .isTrue();
        assertThat(server.delete("/rules/pushed").status()).isEqualTo(204);
        assertThat(server.get("/rules/pushed").problem()).isEqualTo("NOT_FOUND");
    }

    @Test
    void a_rule_that_is_stopped_tells_how_many_messages_it_gave_up() {
        server.post(
                "/rules",
                "{\"name\":\"r\",\"actions\":[{\"destination\":{\"kind\":\"http\","
                        + "\"url\":\"http://127.0.0.1:1/\"}}]}"); // where no rule may go
        for (int i = 0; i < 3; i++) {
            server.log.append(SampleEvents.message("d1", Payload.of("x"), server.clock.instant()), Completion.IGNORED);
        }
        await().until(() -> action(server.get("/rules/r")).contains("\"waiting\":3"));

        Answer disabled = server.post("/rules/r/disable", "{}");

        assertThat(disabled.at("enabled").asBoolean()).isFalse();
        assertThat(disabled.at("gaveUp").asLong()).isEqualTo(3);
        assertThat(server.post("/rules/r/disable", "{}").at("gaveUp").asLong()).isZero();
    }

    @Test
    void listings_come_in_pages() {
        for (String name : new String[] {"c", "a", "b"}) {
            server.post("/rules", PUSH.replace("\"push\"", "\"" + name + "\""));
        }

        Answer first = server.get("/rules?limit=2");

        assertThat(first.at("items").get(1).path("name").asString()).isEqualTo("b");
        assertThat(server.get("/rules?limit=2&after=" + first.at("next").asString())
                        .at("items")
                        .size())
                .isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"name\":\"r\",\"actions\":[{}]} | lacks its \"destination\"",
                "{\"name\":\"r\",\"actions\":[null]} | \"actions[0]\" must not be null",
                "{\"name\":\"r\",\"actions\":[7]} | \"actions[0]\" must be an object",
                "{\"name\":\"r\",\"actions\":{}} | \"actions\" must be a list",
                "{\"name\":\"r\",\"actions\":[],\"source\":[]} | \"source\" must be an object",
                "{\"name\":\"r\",\"actions\":[],\"source\":{\"kinds\":[\"smoke\"]}} | \"source.kinds[0]\" must be one of message, property",
                "{\"name\":\"r\",\"actions\":[],\"source\":{\"devices\":[1]}} | \"source.devices[0]\" must be a string",
                "{\"name\":\"r\",\"actions\":[],\"source\":{\"products\":[null]}} | \"source.products[0]\" must not be null",
                "{\"name\":\"r\",\"actions\":[{\"policy\":{\"parallel\":\"x\"}}]} | \"actions[0].policy.parallel\" must be a whole number",
                "{\"name\":\"r\",\"actions\":[{\"policy\":{\"foo\":1}}]} | \"actions[0].policy\": unknown member \"foo\" (known: perSecond, keepFor",
                "{\"name\":\"r\",\"actions\":[],\"foo\":1} | unknown member \"foo\" (known: name",
                "{\"name\":\"r\",\"actions\":[{\"destination\":{\"url\":\"x\"}}]} | lacks its \"kind\"",
                "{\"name\":\"r\",\"actions\":[{\"destination\":{\"kind\":\"pigeon\"}}]} | no destination \"pigeon\"",
                "{\"name\":\"r\",\"actions\":[{\"destination\":{\"kind\":\"http\",\"url\":\"x\"}}]} | http://",
                "{\"name\":\"r\",\"actions\":[{\"destination\":{\"kind\":\"http\",\"url\":\"http://127.0.0.1:99999/x\"}}]} | the port of \"url\" is 1 to 65535",
                "{\"name\":\"r\",\"sql\":\"SELECT\",\"actions\":[{\"destination\":{\"kind\":\"http\",\"url\":\"http://h/\"}}]} | SELECT",
                "{\"name\":\"r\",\"sql\":\"a\",\"where\":\"b\",\"actions\":[]} | either \"sql\"",
                "{\"name\":\"r\",\"format\":\"klingon\",\"actions\":[{\"destination\":{\"kind\":\"http\",\"url\":\"http://h/\"}}]} | no format",
                "{\"name\":\"r\",\"actions\":[{\"destination\":{\"kind\":\"http\",\"url\":\"http://h/\"},\"policy\":{\"keepFor\":\"long\"}}]} | no duration"
            })
    void a_rule_that_cannot_work_is_refused_with_the_reason(String rule, String reason) {
        Answer refused = server.post("/rules", rule);

        assertThat(refused.problem()).isEqualTo("INVALID_ARGUMENT");
        assertThat(refused.at("detail").asString()).contains(reason);
    }

    @Test
    void a_rule_of_a_product_that_is_not_there_or_a_name_that_is_taken_is_refused() {
        assertThat(server.post("/rules", PUSH.replace("a1", "a2")).problem()).isEqualTo("PRODUCT_NOT_FOUND");
        server.post("/rules", PUSH);
        assertThat(server.post("/rules", PUSH).problem()).isEqualTo("RULE_EXISTS");
    }

    @Test
    void a_rule_is_tried_stored_or_not() {
        server.post("/rules", PUSH);

        Answer made = server.post("/rules/push/try", "{\"text\":\"{\\\"t\\\":2}\"}");
        assertThat(made.at("outcome").asString()).isEqualTo("made");
        assertThat(made.at("text").asString()).isEqualTo("{\"x\":2}");
        assertThat(server.post("/rules/push/try", "{\"text\":\"{\\\"t\\\":0}\"}")
                        .at("outcome")
                        .asString())
                .isEqualTo("skipped");
        Answer faulted = server.post("/rule-trials", """
                {"rule":{"name":"x","sql":"SELECT 1 / t AS x FROM \\"/a1/+/user/up\\"","actions":[]},
                 "topic":"/a1/d/user/up","text":"{\\"t\\":0}"}""");
        assertThat(faulted.status()).as(faulted.text()).isEqualTo(200);
        assertThat(faulted.at("outcome").asString()).isEqualTo("faulted");
    }

    @Test
    void a_trial_of_half_a_rule_names_what_is_missing() {
        Answer refused = server.post("/rule-trials", "{\"rule\":{\"name\":\"x\"},\"text\":\"{}\"}");

        assertThat(refused.problem()).isEqualTo("INVALID_ARGUMENT");
        assertThat(refused.at("detail").asString()).isEqualTo("\"rule.actions\" is missing");
    }

    @Test
    void a_test_tells_plainly_what_happened() {
        server.post("/rules", PUSH);

        Answer tested = server.post("/rules/push/test", "{}");

        assertThat(tested.status()).isEqualTo(200);
        assertThat(tested.at("delivered").asBoolean()).isFalse();
        assertThat(tested.at("detail").asString()).contains("rule.allow");
        assertThat(server.post("/rules/push/test", "{\"action\":\"none\"}").problem())
                .isEqualTo("NOT_FOUND");
    }

    private static String action(Answer rule) {
        return rule.at("actions").get(0).toString();
    }
}
