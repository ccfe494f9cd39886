package io.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What is asked of devices: `thing set`, `thing want`, `call`.
final class CallCommandsTest {
    private static final String PROPERTIES = "POST /products/a1/devices/d1/properties";
    private static final String DESIRED = "POST /products/a1/devices/d1/desired";
    private static final String CALLS = "POST /products/a1/devices/d1/calls";
    private static final String DONE =
            "{\"id\":\"c1\",\"product\":\"a1\",\"device\":\"d1\",\"state\":\"answered\",\"succeeded\":true";

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
    void sets_properties_as_json_where_it_reads_as_json_and_as_text_else() {
        api.on(PROPERTIES, DONE + "}");
        Terminal.Result result = Terminal.of(api)
                .berth(
                        "thing",
                        "set",
                        "a1",
                        "d1",
                        "Temp=23.5",
                        "lamp:on=true",
                        "mode=eco",
                        "no=\"7\"",
                        "rgb={\"red\":1}",
                        "list=[1,2]",
                        "odd=1,\"x\":2",
                        "empty=",
                        "nothing=null",
                        "--wait",
                        "5s");

        assertThat(result).isEqualTo(new Terminal.Result(0, "a1/d1 did it\n", ""));
        assertThat(api.lastCall().body())
                .isEqualTo("{\"values\":{\"Temp\":23.5,\"lamp:on\":true,\"mode\":\"eco\",\"no\":\"7\","
                        + "\"rgb\":{\"red\":1},\"list\":[1,2],\"odd\":\"1,\\\"x\\\":2\",\"empty\":\"\","
                        + "\"nothing\":\"null\"},\"waitMillis\":5000}");
    }

    @Test
    void does_not_wait_unless_told() {
        api.on(PROPERTIES, "{\"id\":\"c1\",\"product\":\"a1\",\"device\":\"d1\",\"state\":\"sent\"}");
        Terminal.Result result = Terminal.of(api).berth("thing", "set", "a1", "d1", "Temp=23");

        assertThat(result).isEqualTo(new Terminal.Result(0, "sent to a1/d1: call c1\n", ""));
        assertThat(api.lastCall().body()).isEqualTo("{\"values\":{\"Temp\":23}}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Temp", "=23"})
    void a_word_that_sets_nothing_is_refused(String word) {
        assertThat(Terminal.of(api).berth("thing", "set", "a1", "d1", word))
                .isEqualTo(new Terminal.Result(1, "", "berth: \"" + word + "\" sets nothing: write PROPERTY=VALUE\n"));
        assertThat(api.calls()).isEmpty();
    }

    @Test
    void wants_and_wants_no_more() {
        api.on(DESIRED, "{\"desired\":{},\"pending\":{\"Temp\":23},\"versions\":{\"\":3}}")
                .on(DESIRED, "{\"desired\":{},\"pending\":{},\"versions\":{\"\":3}}")
                .on("DELETE /products/a1/devices/d1/desired", 204, "");
        Terminal terminal = Terminal.of(api);

        assertThat(terminal.berth("thing", "want", "a1", "d1", "Temp=23", "--expect", "2", "--module", "lamp"))
                .isEqualTo(new Terminal.Result(0, "wanted of a1/d1 and not so yet: {\"Temp\":23}\n", ""));
        assertThat(api.lastCall().body())
                .isEqualTo("{\"values\":{\"Temp\":23},\"expectedVersion\":2,\"module\":\"lamp\"}");
        assertThat(terminal.berth("thing", "want", "a1", "d1", "Temp=23").out())
                .isEqualTo("a1/d1 is as it is wanted\n");
        assertThat(terminal.berth("thing", "unwant", "a1", "d1", "Temp").out())
                .isEqualTo("Temp of a1/d1 is wanted no more\n");
        assertThat(api.lastCall().target()).isEqualTo("/products/a1/devices/d1/desired?key=Temp");
    }

    @Test
    void calls_a_service_and_prints_what_the_device_answered() {
        api.on(CALLS, DONE + ",\"output\":{\"ok\":true}}");
        Terminal.Result result =
                Terminal.of(api).berth("call", "a1", "d1", "reboot", "{\"delay\":3}", "--sync", "--timeout", "9s");

        assertThat(result).isEqualTo(new Terminal.Result(0, "{\"ok\":true}\n", ""));
        assertThat(api.lastCall().body())
                .isEqualTo("{\"service\":\"reboot\",\"input\":{\"delay\":3},\"sync\":true,\"timeoutMillis\":9000}");
    }

    @Test
    void leaves_to_the_model_what_the_caller_does_not_say() {
        api.on(CALLS, DONE + "}");
        Terminal.of(api).berth("call", "a1", "d1", "reboot");

        assertThat(api.lastCall().body()).isEqualTo("{\"service\":\"reboot\"}");
    }

    @Test
    void a_call_that_may_wait_for_its_device_is_not_waited_for() {
        api.on(CALLS, "{\"id\":\"c1\",\"product\":\"a1\",\"device\":\"d1\",\"state\":\"queued\"}");
        Terminal.Result result = Terminal.of(api).berth("call", "a1", "d1", "reboot", "--keep", "1h");

        assertThat(result).isEqualTo(new Terminal.Result(0, "kept for a1/d1 until it can take it: call c1\n", ""));
        assertThat(api.lastCall().body()).isEqualTo("{\"service\":\"reboot\",\"sync\":false,\"keepForSeconds\":3600}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"answered\",\"succeeded\":false,\"code\":\"5092\",\"message\":\"busy\"|a1/d1 refused: 5092 busy",
                "\"answered\",\"succeeded\":false|a1/d1 refused",
                "\"timed-out\",\"detail\":\"a1/d1 did not answer in time\"|a1/d1 did not answer in time",
                "\"failed\",\"detail\":\"cannot be told this\"|cannot be told this",
            })
    void a_call_that_came_to_nothing_is_exit_code_1(String members, String reason) {
        String call = "{\"id\":\"c1\",\"product\":\"a1\",\"device\":\"d1\",\"state\":" + members + "}";
        api.on(CALLS, call).on(CALLS, call);

        assertThat(Terminal.of(api).berth("call", "a1", "d1", "reboot"))
                .isEqualTo(new Terminal.Result(1, "", "berth: " + reason + "\n"));
        assertThat(Terminal.of(api).berth("call", "a1", "d1", "reboot", "--json"))
                .isEqualTo(new Terminal.Result(1, call + "\n", ""));
    }

    @Test
    void lists_shows_and_withdraws_calls() {
        api.on("GET /products/a1/devices/d1/calls", "{\"items\":[" + DONE + ",\"kind\":\"service\"}]}")
                .on("GET /products/a1/devices/d1/calls/c1", DONE + "}")
                .on("DELETE /products/a1/devices/d1/calls/c1", 204, "");
        Terminal terminal = Terminal.of(api);

        assertThat(terminal.berth("call", "list", "a1", "d1").out())
                .isEqualTo(
                        "ID  KIND     TARGET  STATE     CREATED  ENDED\nc1  service  -       answered  -        -\n");
        assertThat(terminal.berth("call", "show", "a1", "d1", "c1").out()).contains("state", "answered");
        assertThat(terminal.berth("call", "cancel", "a1", "d1", "c1").out()).isEqualTo("withdrew call c1\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "call",
                "call a1 d1",
                "call a1 d1 reboot []",
                "call a1 d1 reboot --sync --async",
                "call show a1 d1",
                "thing",
                "thing set a1 d1",
                "thing unwant a1",
            })
    void wrong_usage_calls_nothing(String line) {
        Terminal.Result result = Terminal.of(api).berth(line.split(" "));

        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err()).startsWith("berth: ").contains("--help");
        assertThat(api.calls()).isEmpty();
    }
}
