package io.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class TailCommandTest {
    private static final String TEXT = """
            {"time":"2026-11-21T11:59:57.250Z","product":"a1","device":"泵","dialect":"aliyun","kind":"message",\
            "topic":"/a1/x/user/up","qos":1,"payload":"{\\"t\\":\\n21}"}""";
    private static final String BYTES = """
            {"time":"2026-11-21T11:59:58Z","product":"a1","device":"d2","kind":"status","qos":0,\
            "payloadBase64":"AP8="}""";

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
    void prints_events_as_the_server_gave_them_until_it_has_seen_enough() {
        api.onStream("GET /tail", "", TEXT, "", "{\"dropped\":4}", BYTES, TEXT);

        Terminal.Result result = Terminal.of(api).berth("tail", "--count", "2", "--json");

        assertThat(result).isEqualTo(new Terminal.Result(0, TEXT + "\n{\"dropped\":4}\n" + BYTES + "\n", ""));
    }

    @Test
    void people_get_one_line_an_event_however_the_payload_looks() {
        api.onStream("GET /tail", TEXT, BYTES, "{\"dropped\":4}", TEXT);

        Terminal.Result result = Terminal.of(api).berth("tail", "--count", "3");

        assertThat(result.out().lines())
                .containsExactly(
                        "11:59:57.250  a1/泵                     aliyun  message    /a1/x/user/up  q1  {\"t\":\\n21}",
                        "11:59:58.000  a1/d2                             status       q0  base64:AP8=",
                        "… 4 events left out: this reader is too slow …",
                        "11:59:57.250  a1/泵                     aliyun  message    /a1/x/user/up  q1  {\"t\":\\n21}");
    }

    @Test
    void a_device_cannot_steer_the_terminal() {
        api.onStream("GET /tail", "{\"product\":\"a\",\"device\":\"d\",\"topic\":\"t\",\"payload\":\"\\u001b[2J\"}");

        assertThat(Terminal.of(api).berth("tail", "--count", "1").out())
                .contains("\\u001b[2J")
                .doesNotContain("\u001b");
    }

    @Test
    void asks_the_server_for_what_it_shall_show() {
        api.onStream("GET /tail", TEXT);

        Terminal.of(api).berth("tail --product a1 --device d --kind status --count 1 --timeout 30s".split(" "));

        assertThat(api.lastCall().target())
                .isEqualTo("/tail?product=a1&device=d&kind=status&count=1&timeoutMillis=30000");
    }

    @Test
    void ends_well_when_its_time_is_over() {
        api.onStream("GET /tail", TEXT);

        assertThat(Terminal.of(api)
                        .berth("tail", "--count", "9", "--timeout", "0s")
                        .code())
                .isZero();
    }

    @Test
    void shows_an_event_before_the_next_one_comes() throws Exception {
        CountDownLatch shown = new CountDownLatch(1);
        api.on("GET /tail", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write((TEXT + "\n").getBytes(StandardCharsets.UTF_8));
            exchange.getResponseBody().flush();
            awaitQuietly(shown);
            exchange.getResponseBody().write((BYTES + "\n").getBytes(StandardCharsets.UTF_8));
        });

        // the second event is sent only when the first was flushed to the reader of our output
        Terminal.Result result = Terminal.of(api).whenFlushed(shown::countDown).berth("tail", "--count", "2", "--json");

        assertThat(result.out()).isEqualTo(TEXT + "\n" + BYTES + "\n");
    }

    @Test
    void fails_when_the_server_ends_the_stream() {
        api.onStream("GET /tail", TEXT);

        Terminal.Result result = Terminal.of(api).berth("tail", "--json");

        assertThat(result)
                .isEqualTo(new Terminal.Result(1, TEXT + "\n", "berth: the server ended the stream of events\n"));
    }

    @Test
    void fails_when_the_connection_is_cut() {
        api.on("GET /tail", exchange -> {
            exchange.sendResponseHeaders(200, 1000);
            exchange.getResponseBody().write((TEXT + "\n").getBytes(StandardCharsets.UTF_8));
            exchange.getResponseBody().flush();
        });

        Terminal.Result result = Terminal.of(api).berth("tail", "--json");

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.out()).isEqualTo(TEXT + "\n");
        assertThat(result.err()).contains("broke");
    }

    @Test
    void a_reason_on_the_last_line_is_told() {
        api.onStream("GET /tail", "{\"detail\":\"the server stops\",\"problem\":\"OVERLOADED\"}");

        assertThat(Terminal.of(api).berth("tail")).isEqualTo(new Terminal.Result(1, "", "berth: the server stops\n"));
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
