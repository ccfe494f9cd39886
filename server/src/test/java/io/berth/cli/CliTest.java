package io.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CliTest {
    private FakeApi api;

    @BeforeEach
    void start() throws IOException {
        api = new FakeApi();
    }

    @AfterEach
    void stop() {
        api.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--json --server URL --token T product show p1",
                "product --json --server URL --token T show p1",
                "product show --server URL p1 --token T --json",
                "product show p1 --json --server=URL --token=T",
            })
    void takes_the_common_options_before_and_after_the_command(String line) {
        api.on("GET /products/p1", "{\"key\":\"p1\",\"name\":\"meters\"}");

        Terminal.Result result =
                new Terminal().berth(line.replace("URL", api.url()).split(" "));

        assertThat(result).isEqualTo(new Terminal.Result(0, "{\"key\":\"p1\",\"name\":\"meters\"}\n", ""));
        assertThat(api.lastCall().authorization()).isEqualTo("Bearer T");
    }

    @Test
    void help_lists_every_command_with_what_it_does() {
        Terminal.Result result = new Terminal().berth("--help");

        assertThat(result.code()).isZero();
        assertThat(result.out())
                .contains("berth", "--server", "--data", "--json")
                .contains("up ", "demo ", "node ", "product ", "topic ", "device ", "publish ", "broadcast ", "rrpc ")
                .contains("tail ", "explain ", "accesskey ", "token ", "simulate ", "bench ", "completion ")
                .contains("Start the server in the foreground", "Watch what devices do");
    }

    @Test
    void help_of_a_command_names_its_options() {
        Terminal.Result result = new Terminal().berth("product", "create", "--help");

        assertThat(result.code()).isZero();
        assertThat(result.out())
                .contains("berth product create")
                .contains("--key", "--huawei-id", "--auth=secret|x509", "--dynamic-registration", "--json");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "product",
                "produkt list",
                "product crate x",
                "product create",
                "product create a b",
                "product create a --auth none",
                "topic add p1 user/x",
                "publish p1 d1 /t",
                "publish p1 d1 /t --text a --base64 Yg==",
                "publish p1 d1 /t --text a --qos 2",
                "rrpc p1 d1 --text a --timeout soon",
                "tail --count many",
                "device show p1",
                "explain p1",
                "explain --username u",
                "--server http://x --data y product list",
            })
    void wrong_usage_is_exit_code_2_with_a_hint_and_nothing_is_called(String line) {
        Terminal.Result result = Terminal.of(api).berth(line.isEmpty() ? new String[0] : line.split(" "));

        assertThat(result.code()).isEqualTo(2);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).startsWith("berth: ").contains("--help").doesNotContain("\tat ");
        assertThat(api.calls()).isEmpty();
    }

    @Test
    void suggests_the_near_command() {
        assertThat(new Terminal().berth("produkt", "list").err()).contains("Did you mean product?");
        assertThat(new Terminal().berth("product", "lst").err()).contains("Did you mean list?");
    }

    @Test
    void suggests_the_near_option() {
        assertThat(new Terminal().berth("tail", "--cuont", "3").err()).contains("Did you mean --count?");
    }

    @Test
    void points_to_the_script_for_what_the_script_does() {
        Terminal.Result result = new Terminal().berth("bench", "storm", "--rate", "5");

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err()).contains("./berth bench storm --rate 5");
    }

    @Test
    void tells_its_version() {
        assertThat(new Terminal().berth("--version").out()).startsWith("Berth ");
    }

    @Test
    void prints_a_completion_script_that_knows_every_command() {
        Terminal.Result result = new Terminal().berth("completion", "bash");

        assertThat(result.code()).isZero();
        assertThat(result.out()).startsWith("#!").contains("complete -F", "accesskey", "--dry-run");
    }
}
