package io.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@SuppressWarnings("NullAway.Init") // made before each test
final class RuleCommandsTest {
    private static final String RULE = "{\"id\":\"1\",\"name\":\"hot\",\"enabled\":true,\"actions\":["
            + "{\"id\":\"http\",\"state\":{\"waiting\":3,\"trouble\":\"it is down\"}}]}";

    @TempDir
    private Path directory;

    private FakeApi api;

    @BeforeEach
    void start() throws IOException {
        api = new FakeApi();
    }

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void a_simple_rule_is_said_in_options() {
        api.on("POST /rules", 201, RULE);

        berth(
                "rule",
                "create",
                "hot",
                "--product",
                "a1,a2",
                "--kinds",
                "property",
                "--device",
                "pump-*",
                "--where",
                "t > 30",
                "--http",
                "https://h/in",
                "--policy",
                "keepFor=2h",
                "--policy",
                "parallel=4");

        assertThat(api.lastCall().json())
                .hasToString(
                        "{\"name\":\"hot\",\"source\":{\"kinds\":[\"property\"],\"products\":[\"a1\",\"a2\"],"
                                + "\"devices\":[\"pump-*\"]},\"where\":\"t > 30\",\"actions\":[{\"destination\":"
                                + "{\"kind\":\"http\",\"url\":\"https://h/in\"},\"policy\":{\"keepFor\":\"2h\",\"parallel\":4}}]}");
    }

    @Test
    void a_rule_comes_from_a_file_and_options_change_it() throws IOException {
        api.on("GET /rules/1", RULE).on("POST /rules/1", RULE);
        Path file = Files.writeString(
                directory.resolve("hot.json"),
                "{\"name\":\"hotter\",\"actions\":[{\"destination\":{\"kind\":\"mqtt\"}}]}");

        berth("rule", "update", "1", "--file", file.toString(), "--sql", "SELECT 1", "--disabled");

        assertThat(api.lastCall().json())
                .hasToString("{\"name\":\"hotter\",\"actions\":[{\"destination\":{\"kind\":\"mqtt\"}}],"
                        + "\"sql\":\"SELECT 1\",\"enabled\":false}");
    }

    @Test
    void a_file_about_another_rule_is_refused() throws IOException {
        api.on("GET /rules/hot", RULE);
        Path file = Files.writeString(
                directory.resolve("cold.json"),
                "{\"name\":\"cold\",\"actions\":[{\"destination\":{\"kind\":\"mqtt\"}}]}");

        assertThat(berth("rule", "create", "hot", "--file", file.toString()).err())
                .contains("a rule called \"cold\", not \"hot\"");
        assertThat(berth("rule", "update", "hot", "--file", file.toString()).err())
                .contains("a rule called \"cold\", not \"hot\"");
        assertThat(api.calls()).noneMatch(call -> call.method().equals("POST"));
    }

    @Test
    void an_update_by_id_without_a_name_keeps_the_name() {
        api.on("GET /rules/1", RULE).on("POST /rules/1", RULE);

        berth("rule", "update", "1", "--http", "https://h/in");

        assertThat(api.lastCall().json().text("name")).isEqualTo("hot");
    }

    @Test
    void a_policy_of_no_destination_is_refused() throws IOException {
        Path file = Files.writeString(
                directory.resolve("hot.json"), "{\"actions\":[{\"destination\":{\"kind\":\"mqtt\"}}]}");

        assertThat(berth("rule", "create", "hot", "--file", file.toString(), "--policy", "parallel=4")
                        .err())
                .contains("--policy", "--destination", "\"policy\"");
        assertThat(api.calls()).isEmpty();
    }

    @Test
    void the_example_of_a_topic_holds_in_every_format() {
        assertThat(berth("rule", "create", "--help").out()).contains("/a1/${event.device}/user/get");
    }

    @Test
    void a_rule_without_an_action_is_refused_before_it_is_sent() {
        Terminal.Result result = berth("rule", "create", "hot");

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err()).contains("--http", "--destination").doesNotContain("--action");
        assertThat(api.calls()).isEmpty();
    }

    @Test
    void the_list_shows_what_waits_and_why() {
        api.on("GET /rules", "{\"items\":[" + RULE + "]}");

        assertThat(berth("rule", "list").out()).contains("hot", "http", "3", "it is down");
    }

    @Test
    void a_trial_prints_what_would_be_sent() throws IOException {
        api.on("POST /rules/hot/try", "{\"outcome\":\"made\",\"text\":\"{\\\"t\\\":31}\"}");
        Path sample = Files.writeString(directory.resolve("sample.json"), "{\"t\": 31}");

        Terminal.Result result = berth("rule", "try", "hot", "--topic", "/a1/d1/x", "--sample", sample.toString());

        assertThat(api.lastCall().json()).hasToString("{\"topic\":\"/a1/d1/x\",\"text\":\"{\\\"t\\\": 31}\"}");
        assertThat(result.out()).isEqualTo("{\"t\":31}\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/nope.json", "./nope", "@nope", "nope.json"})
    void a_sample_that_looks_like_a_file_must_be_one(String sample) {
        Terminal.Result result = berth("rule", "try", "hot", "--sample", sample);

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err()).contains("cannot read " + sample, "there is no such file");
        assertThat(api.calls()).isEmpty();
    }

    @Test
    void an_empty_sample_is_an_empty_message_and_a_missing_one_is_named() {
        api.on("POST /rules/hot/try", "{\"outcome\":\"skipped\",\"detail\":\"(the sample is no JSON)\"}");

        assertThat(berth("rule", "try", "hot", "--sample", "").err()).contains("no JSON");
        assertThat(api.lastCall().json().text("text")).isEmpty();
        assertThat(api.lastCall().json().has("text")).isTrue();
        assertThat(berth("rule", "try", "hot", "--topic", "/a1/d1/x").err()).contains("--sample");
        assertThat(berth("rule", "test", "hot", "--topic", "/a1/d1/x").err()).contains("--sample");
    }

    @Test
    void a_statement_is_tried_without_a_rule() {
        api.on("POST /rule-trials", "{\"outcome\":\"skipped\",\"detail\":\"the condition does not hold\"}");

        Terminal.Result result = berth("rule", "try", "--where", "t > 1", "--sample", "{\"t\":0}");

        assertThat(api.lastCall().json().object("rule").orElseThrow().text("where"))
                .isEqualTo("t > 1");
        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err()).contains("nothing would be sent: the condition does not hold");
    }

    @Test
    void a_test_tells_what_happened() {
        api.on("POST /rules/hot/test", "{\"delivered\":true,\"detail\":\"the destination has it\",\"millis\":12}");
        api.on("POST /rules/hot/test", "{\"delivered\":false,\"detail\":\"rule.allow names it not\",\"millis\":1}");

        assertThat(berth("rule", "test", "hot", "http").out())
                .isEqualTo("delivered in 12 ms: the destination has it\n");
        assertThat(api.lastCall().json()).hasToString("{\"action\":\"http\"}");
        assertThat(berth("rule", "test", "hot").err()).contains("rule.allow");
    }

    @Test
    void rules_are_stopped_and_deleted() {
        api.on("POST /rules/hot/disable", "{\"name\":\"hot\",\"enabled\":false,\"gaveUp\":0}")
                .on("POST /rules/hot/disable", "{\"name\":\"hot\",\"enabled\":false,\"gaveUp\":12}")
                .on("DELETE /rules/hot", 204, "");

        assertThat(berth("rule", "disable", "hot").out()).isEqualTo("hot is stopped\n");
        assertThat(berth("rule", "disable", "hot").out()).isEqualTo("hot is stopped; 12 that waited were given up\n");
        assertThat(berth("rule", "delete", "hot", "--yes").out()).isEqualTo("deleted rule hot\n");
    }

    private Terminal.Result berth(String... arguments) {
        return Terminal.of(api).berth(arguments);
    }
}
