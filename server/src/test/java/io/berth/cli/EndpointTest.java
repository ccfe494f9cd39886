package io.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How the command line finds its server, and what it says when there is none.
final class EndpointTest {
    private static final String ANSWER = "{\"version\":\"0.1.0\"}";

    @TempDir
    private Path data;

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
    void finds_the_server_of_a_data_directory() throws IOException {
        running(data, ProcessHandle.current().pid(), api.url());
        api.on("GET /node", ANSWER);

        Terminal.Result result = new Terminal().berth("node", "--json", "--data", data.toString());

        assertThat(result).isEqualTo(new Terminal.Result(0, ANSWER + "\n", ""));
        assertThat(api.lastCall().authorization()).isEqualTo("Bearer local-token");
    }

    @Test
    void falls_back_to_the_environment_and_then_to_the_default_directory() throws IOException {
        running(data, ProcessHandle.current().pid(), api.url());
        api.on("GET /node", ANSWER).on("GET /node", ANSWER);

        assertThat(new Terminal()
                        .environment("BERTH_DATA", data.toString())
                        .berth("node")
                        .code())
                .isZero();
        assertThat(new Terminal().defaultData(data).berth("node").code()).isZero();
    }

    @Test
    void a_data_directory_on_the_command_line_beats_a_server_in_the_environment() throws IOException {
        running(data, ProcessHandle.current().pid(), api.url());
        api.on("GET /node", ANSWER);

        Terminal.Result result = new Terminal()
                .environment("BERTH_SERVER", "http://127.0.0.1:1")
                .environment("BERTH_TOKEN", "x")
                .berth("node", "--data", data.toString());

        assertThat(result.code()).isZero();
    }

    @Test
    void says_that_no_server_runs_and_how_to_start_one() {
        assertNotRunning(new Terminal().berth("node", "--data", data.toString()));
    }

    @Test
    void a_runtime_file_whose_process_is_gone_is_no_server() throws Exception {
        Process gone = new ProcessBuilder("true").start();
        gone.waitFor();
        running(data, gone.pid(), api.url());

        assertNotRunning(new Terminal().berth("node", "--data", data.toString()));
        assertThat(api.calls()).isEmpty();
    }

    @Test
    void a_runtime_file_whose_port_is_closed_is_no_server() throws IOException {
        try (Socket silent = new Socket()) {
            running(data, ProcessHandle.current().pid(), where(silent));

            assertNotRunning(new Terminal().berth("node", "--data", data.toString()));
        }
    }

    @Test
    void says_where_nothing_answers() throws IOException {
        try (Socket silent = new Socket()) {
            String url = where(silent);

            Terminal.Result result = new Terminal().berth("node", "--server", url, "--token", "t");

            assertRefused(result, "nothing answers at " + url + ": is the server running there?");
        }
    }

    @Test
    void a_server_by_address_needs_a_token() {
        Terminal.Result result = new Terminal().berth("node", "--server", api.url());

        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err()).contains("--token or BERTH_TOKEN");
    }

    @Test
    void refuses_text_that_is_no_address() {
        assertThat(new Terminal()
                        .berth("node", "--server", "localhost:8080", "--token", "t")
                        .err())
                .contains("http://HOST:PORT");
    }

    @Test
    void tells_a_damaged_runtime_file_from_an_absent_one() throws IOException {
        Files.writeString(data.resolve("runtime.json"), "{\"pid\":");

        assertThat(new Terminal().berth("node", "--data", data.toString()).err())
                .startsWith("berth: cannot read " + data.resolve("runtime.json"));
    }

    @Test
    void says_when_the_token_file_may_not_be_read() throws IOException {
        running(data, ProcessHandle.current().pid(), api.url());
        Files.delete(data.resolve("token"));

        assertThat(new Terminal().berth("node", "--data", data.toString()).err())
                .contains("cannot read the token in " + data.resolve("token"));
    }

    @Test
    void passes_the_reason_of_a_refusal_on() {
        api.on(
                "GET /node",
                403,
                "{\"title\":\"Forbidden\",\"status\":403,\"detail\":\"readers may not\",\"problem\":\"X\"}");

        assertRefused(Terminal.of(api).berth("node"), "readers may not");
    }

    @Test
    void says_when_the_token_is_not_accepted() {
        api.on("GET /node", 401, "{\"detail\":\"unknown or expired token\"}");

        Terminal.Result result = Terminal.of(api).berth("node");

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err()).contains("does not accept the token");
    }

    @Test
    void says_when_the_other_end_is_something_else() {
        api.on("GET /node", 200, "<html>router</html>").on("GET /node", 404, "<html>none</html>");

        assertThat(Terminal.of(api).berth("node").err()).contains("does not speak like a Berth server");
        assertThat(Terminal.of(api).berth("node").err()).contains("status 404");
    }

    @Test
    void says_when_the_connection_breaks_in_the_answer() {
        api.on("GET /node", exchange -> {
            exchange.sendResponseHeaders(200, 100);
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
        });

        Terminal.Result result = Terminal.of(api).berth("node");

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err()).contains("the connection to " + api.url() + " broke");
    }

    private static void running(Path data, long pid, String url) throws IOException {
        Files.writeString(data.resolve("token"), "local-token\n");
        Files.writeString(
                data.resolve("runtime.json"),
                new JsonObject()
                        .with("pid", pid)
                        .with("version", "0.1.0")
                        .with("url", url)
                        .with("tokenFile", data.resolve("token").toString())
                        .toString());
    }

    private void assertNotRunning(Terminal.Result result) {
        assertRefused(result, "no server runs on " + data + ": start it with ./berth up");
    }

    private static void assertRefused(Terminal.Result result, String reason) {
        assertThat(result).isEqualTo(new Terminal.Result(1, "", "berth: " + reason + "\n"));
    }

    /// Nothing answers there while the socket, which does not listen, keeps others from the port.
    private static String where(Socket silent) throws IOException {
        silent.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        return "http://127.0.0.1:" + silent.getLocalPort();
    }
}
