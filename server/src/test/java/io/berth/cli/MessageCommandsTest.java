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
import org.junit.jupiter.params.provider.CsvSource;

/// What goes down to devices: publish, broadcast, rrpc.
final class MessageCommandsTest {
    private static final String MESSAGES = "POST /products/a1/devices/d1/messages";
    private static final String REQUESTS = "POST /products/a1/devices/d1/requests";

    @TempDir
    private Path files;

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
    @CsvSource({
        "sent,sent to a1/d1",
        "queued,kept for a1/d1 until it can take it",
        "acknowledged,a1/d1 acknowledged it",
    })
    void says_how_far_a_message_got(String state, String sentence) {
        api.on(MESSAGES, "{\"state\":\"" + state + "\"}");

        Terminal.Result result = Terminal.of(api).berth("publish", "a1", "d1", "/a1/d1/user/get", "--text", "开 gate");

        assertThat(result).isEqualTo(new Terminal.Result(0, sentence + "\n", ""));
        assertThat(api.lastCall().body()).isEqualTo("{\"topic\":\"/a1/d1/user/get\",\"qos\":0,\"text\":\"开 gate\"}");
    }

    @Test
    void publishes_bytes_with_qos_1_and_waits() {
        api.on(MESSAGES, "{\"state\":\"acknowledged\"}");

        Terminal.Result result =
                Terminal.of(api).berth("publish a1 d1 t --base64 AP8= --qos 1 --wait 2s --json".split(" "));

        assertThat(result.out()).isEqualTo("{\"state\":\"acknowledged\"}\n");
        assertThat(api.lastCall().body())
                .isEqualTo("{\"topic\":\"t\",\"qos\":1,\"base64\":\"AP8=\",\"waitMillis\":2000}");
    }

    @Test
    void publishes_the_bytes_of_a_file() throws IOException {
        Path file = Files.write(files.resolve("firmware"), new byte[] {0, (byte) 0xff});
        api.on(MESSAGES, "{\"state\":\"sent\"}");

        assertThat(Terminal.of(api)
                        .berth("publish", "a1", "d1", "t", "--file", file.toString())
                        .code())
                .isZero();
        assertThat(api.lastCall().json().text("base64")).isEqualTo("AP8=");
    }

    @Test
    void an_empty_text_is_a_payload_too() {
        api.on(MESSAGES, "{\"state\":\"sent\"}");

        Terminal.of(api).berth("publish", "a1", "d1", "t", "--text", "");

        assertThat(api.lastCall().body()).isEqualTo("{\"topic\":\"t\",\"qos\":0,\"text\":\"\"}");
    }

    @Test
    void a_text_that_looks_like_something_else_goes_out_as_it_is() throws IOException {
        String atFile = "@" + Files.writeString(files.resolve("arguments"), "--json");
        api.on(MESSAGES, "{\"state\":\"sent\"}").on(MESSAGES, "{\"state\":\"sent\"}");

        Terminal.of(api).berth("publish", "a1", "d1", "/a1/${deviceName}/x", "--text", atFile);
        assertThat(api.lastCall().json().text("text")).isEqualTo(atFile);
        assertThat(api.lastCall().json().text("topic")).isEqualTo("/a1/${deviceName}/x");

        Terminal.of(api).berth("publish", "a1", "d1", "t", "--text", "-5");
        assertThat(api.lastCall().json().text("text")).isEqualTo("-5");
    }

    @Test
    void says_why_a_message_cannot_be_sent() {
        api.on(MESSAGES, 409, "{\"detail\":\"a1/d1 is offline\",\"problem\":\"DEVICE_OFFLINE\"}");

        assertThat(Terminal.of(api).berth("publish", "a1", "d1", "t", "--text", "x"))
                .isEqualTo(new Terminal.Result(1, "", "berth: a1/d1 is offline\n"));
    }

    @Test
    void broadcasts() {
        api.on("POST /products/a1/broadcasts", "{\"offered\":12}")
                .on("POST /products/a1/broadcasts", "{\"offered\":0}");

        assertThat(Terminal.of(api)
                        .berth("broadcast", "a1", "news", "--text", "x")
                        .out())
                .isEqualTo("offered to 12 devices of a1\n");
        assertThat(api.lastCall().body()).isEqualTo("{\"topic\":\"news\",\"text\":\"x\"}");
        assertThat(Terminal.of(api)
                        .berth("broadcast", "a1", "news", "--text", "x", "--json")
                        .out())
                .isEqualTo("{\"offered\":0}\n");
    }

    @Test
    void prints_the_answer_of_a_device_as_it_came() {
        api.on(REQUESTS, "{\"text\":\"{\\\"on\\\":true}\",\"millis\":3}");

        Terminal.Result result = Terminal.of(api).berth("rrpc", "a1", "d1", "--text", "state?");

        assertThat(result).isEqualTo(new Terminal.Result(0, "{\"on\":true}\n", ""));
        assertThat(api.lastCall().body()).isEqualTo("{\"text\":\"state?\",\"timeoutMillis\":5000}");
    }

    @Test
    void asks_on_a_topic_of_its_own_and_prints_json() {
        api.on(REQUESTS, "{\"base64\":\"AP8=\",\"millis\":3}");

        Terminal.Result result =
                Terminal.of(api).berth("rrpc a1 d1 --topic /x --base64 AA== --timeout 500ms --json".split(" "));

        assertThat(result.out()).isEqualTo("{\"base64\":\"AP8=\",\"millis\":3}\n");
        assertThat(api.lastCall().body()).isEqualTo("{\"topic\":\"/x\",\"base64\":\"AA==\",\"timeoutMillis\":500}");
    }

    @Test
    void says_that_the_device_did_not_answer() {
        api.on(REQUESTS, 504, "{\"detail\":\"no answer within 5 s\",\"problem\":\"TIMED_OUT\"}");

        assertThat(Terminal.of(api).berth("rrpc", "a1", "d1", "--text", "x"))
                .isEqualTo(new Terminal.Result(1, "", "berth: no answer within 5 s\n"));
    }
}
