package io.berth.front.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.berth.front.http.HttpBed.Wire;
import io.berth.testing.Patience;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class HttpFrontTest {
    private static final int MANY = 20_000;

    @Test
    void one_connection_serves_request_after_request() {
        try (HttpBed bed = new HttpBed(HttpBed.config());
                Wire wire = bed.open()) {
            assertThat(wire.posts("/echo/1", "a").hears()).isEqualTo("200 POST /echo/1 a");
            assertThat(wire.posts("/echo/2", "").hears()).isEqualTo("200 POST /echo/2 ");
            assertThat(wire.posts("/echo/3?x=y", "b").hears()).isEqualTo("200 POST /echo/3?x=y b");
        }
    }

    @Test
    void bytes_may_come_one_by_one_and_bodies_in_chunks() {
        try (HttpBed bed = new HttpBed(HttpBed.config());
                Wire wire = bed.open()) {
            "POST /echo HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n"
                    .chars()
                    .forEach(c -> wire.sends(Character.toString(c)));
            assertThat(wire.hears()).isEqualTo("200 POST /echo abcde");
        }
    }

    @Test
    void pipelined_requests_are_answered_in_order_though_the_first_takes_long() {
        try (HttpBed bed = new HttpBed(HttpBed.config());
                Wire wire = bed.open()) {
            wire.posts("/held", "first").posts("/echo", "second").posts("/echo", "third");
            bed.echo.held.complete(null);

            assertThat(wire.hears()).endsWith("first");
            assertThat(wire.hears()).endsWith("second");
            assertThat(wire.hears()).endsWith("third");
        }
    }

    @Test
    void while_a_request_is_settled_only_so_many_wait_in_memory() throws Exception {
        try (HttpBed bed = new HttpBed(HttpBed.config());
                Wire wire = bed.open()) {
            wire.posts("/held", "");
            // far more than sockets hold: a server that read on would take it all
            String request = "POST /echo HTTP/1.1\r\nContent-Length: 900\r\n\r\n" + "x".repeat(900);
            CompletableFuture<Integer> sent = CompletableFuture.supplyAsync(() -> {
                for (int i = 0; i < MANY; i++) {
                    wire.sends(request);
                }
                return MANY;
            });

            assertThat(sent.copy().completeOnTimeout(-1, 1, TimeUnit.SECONDS).get())
                    .isEqualTo(-1);
            bed.echo.held.complete(null);
            for (int i = 0; i <= MANY; i++) {
                assertThat(wire.hears()).startsWith("200 ");
            }
            assertThat(sent.get(Patience.LONG.toSeconds(), TimeUnit.SECONDS)).isEqualTo(MANY);
        }
    }

    @Test
    void a_peer_that_waits_for_leave_gets_it() throws Exception {
        try (HttpBed bed = new HttpBed(HttpBed.config());
                Wire wire = bed.open()) {
            wire.sends("POST /echo HTTP/1.1\r\nContent-Length: 1\r\nExpect: 100-continue\r\n\r\n");
            assertThat(wire.upTo("\r\n\r\n")).startsWith("HTTP/1.1 100 ");
            assertThat(wire.sends("a").hears()).isEqualTo("200 POST /echo a");
        }
    }

    @Test
    void an_old_client_and_one_that_says_close_are_closed_after_the_answer() {
        try (HttpBed bed = new HttpBed(HttpBed.config());
                Wire old = bed.open();
                Wire closing = bed.open()) {
            assertThat(old.sends("POST /echo HTTP/1.0\r\nContent-Length: 1\r\n\r\na")
                            .hearsTheEnd())
                    .endsWith("POST /echo a");
            assertThat(closing.sends("POST /echo HTTP/1.1\r\nConnection: close\r\n\r\n")
                            .hearsTheEnd())
                    .contains("Connection: close");
        }
    }

    @Test
    void headers_are_spelt_as_the_vendors_firmware_looks_for_them() throws Exception {
        try (HttpBed bed = new HttpBed(HttpBed.config());
                Wire wire = bed.open()) {
            assertThat(wire.posts("/echo", "a").upTo("\r\n\r\n"))
                    .contains("\r\nContent-Length: 12\r\n")
                    .contains("\r\nContent-Type: application/json");
        }
    }

    @Test
    void a_request_line_may_name_the_server() {
        try (HttpBed bed = new HttpBed(HttpBed.config());
                Wire wire = bed.open()) {
            assertThat(wire.posts("https://iot-as-http.example.com/echo/x", "a").hears())
                    .isEqualTo("200 POST /echo/x a");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "404|POST /none HTTP/1.1\\r\\n\\r\\n",
                "404|POST * HTTP/1.1\\r\\n\\r\\n",
                "404|POST http://host HTTP/1.1\\r\\n\\r\\n",
                "400|POST /echo HTTP/1.1\\r\\nContent-Length: -1\\r\\n\\r\\n",
                "400|POST /echo HTTP/1.1\\r\\nContent-Length: x\\r\\n\\r\\n",
                "400|POST /echo HTTP/1.1\\r\\nContent-Length: 1\\r\\nContent-Length: 2\\r\\n\\r\\n",
                "400|POST /echo HTTP/1.1\\r\\nno colon here\\r\\n\\r\\n",
                "400|POST /echo HTTP/1.1\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\nzz\\r\\n",
                "400|POST /echo\\r\\n\\r\\n",
            })
    void what_is_no_request_is_refused_and_the_connection_closed(String status, String request) {
        try (HttpBed bed = new HttpBed(HttpBed.config());
                Wire wire = bed.open()) {
            String text = request.replace("\\r", "\r").replace("\\n", "\n");
            assertThat(wire.sends(text).hearsTheEnd()).startsWith("HTTP/1.1 " + status);
        }
    }

    @Test
    void heads_have_a_bound() {
        try (HttpBed bed = new HttpBed(HttpBed.config());
                Wire line = bed.open();
                Wire headers = bed.open()) {
            assertThat(line.sends("POST /echo" + "x".repeat(3000) + " HTTP/1.1\r\n\r\n")
                            .hearsTheEnd())
                    .startsWith("HTTP/1.1 414");
            assertThat(headers.sends("POST /echo HTTP/1.1\r\nA: " + "x".repeat(3000) + "\r\n\r\n")
                            .hearsTheEnd())
                    .startsWith("HTTP/1.1 431");
        }
    }

    @Test
    void bodies_have_a_bound_whether_announced_or_not() {
        try (HttpBed bed = new HttpBed(HttpBed.config());
                Wire most = bed.open();
                Wire announced = bed.open();
                Wire chunked = bed.open()) {
            assertThat(most.posts("/echo", "x".repeat(EchoDialect.MAX_BODY)).hears())
                    .startsWith("200 POST");
            assertThat(announced
                            .sends("POST /echo HTTP/1.1\r\nContent-Length: 1001\r\n\r\n")
                            .hears())
                    .isEqualTo("200 \"TOO_LARGE\"");
            chunked.sends(
                    "POST /echo HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n3e9\r\n" + "x".repeat(1001) + "\r\n");
            assertThat(chunked.hears()).isEqualTo("200 \"TOO_LARGE\"");
            assertThat(chunked.sends("0\r\n\r\n").hearsTheEnd()).isEmpty();
            assertThat(bed.dropped).containsOnly("request too large");
        }
    }

    @Test
    void whoever_is_still_sending_what_is_refused_hears_why() {
        try (HttpBed bed = new HttpBed(HttpBed.config());
                Wire wire = bed.open()) {
            wire.sends("POST /echo HTTP/1.1\r\nContent-Length: 500000\r\n\r\n");
            await().until(() -> bed.dropped.contains("request too large"));
            for (int i = 0; i < 500; i++) {
                wire.sends("x".repeat(1000));
            }

            assertThat(wire.hears()).isEqualTo("200 \"TOO_LARGE\"");
            assertThat(wire.hearsTheEnd()).isEmpty();
        }
    }

    @Test
    void what_is_refused_is_not_listened_to_for_ever() {
        try (HttpBed bed = new HttpBed(times(20, 1000));
                Wire wire = bed.opens("POST /echo HTTP/1.1\r\nContent-Length: 500000\r\n\r\nx")) {
            assertThat(wire.hears()).isEqualTo("200 \"TOO_LARGE\"");
            assertThat(wire.hearsTheEnd()).isEmpty();
            assertThat(bed.dropped).contains("request timeout");
        }
    }

    @Test
    void a_request_that_trickles_in_is_over_in_time() {
        try (HttpBed bed = new HttpBed(times(20, 1000));
                Wire head = bed.opens("POST /echo HTT");
                Wire body = bed.opens("POST /echo HTTP/1.1\r\nContent-Length: 10\r\n\r\nx")) {
            assertThat(head.hearsTheEnd()).isEmpty();
            assertThat(body.hearsTheEnd()).isEmpty();
            await().until(() -> bed.front.connections() == 0);
            assertThat(bed.dropped).contains("idle", "request timeout");
        }
    }

    @Test
    void a_connection_without_requests_is_over_in_time_and_one_that_waits_for_us_is_not() throws Exception {
        try (HttpBed bed = new HttpBed(times(1000, 20));
                Wire waiting = bed.open();
                Wire idle = bed.open()) {
            waiting.posts("/held", "");
            await().until(() -> bed.echo.held.getNumberOfDependents() > 0);
            assertThat(idle.posts("/echo", "a").hears()).startsWith("200 ");
            assertThat(idle.hearsTheEnd()).isEmpty();

            bed.echo.held.complete(null);
            assertThat(waiting.hears()).startsWith("200 POST /held");
            assertThat(waiting.hearsTheEnd()).isEmpty();
        }
    }

    private static HttpConfig times(int request, int idle) {
        return new HttpConfig(
                true, Duration.ofSeconds(request), Duration.ofSeconds(idle), 100, 2048, 2L << 20, 4, 10, 100, 0);
    }

    @Test
    void beyond_the_bound_connections_are_closed_at_once() {
        HttpConfig two =
                new HttpConfig(true, Duration.ofMinutes(5), Duration.ofMinutes(5), 2, 2048, 2L << 20, 4, 10, 100, 0);
        try (HttpBed bed = new HttpBed(two);
                Wire one = bed.open();
                Wire other = bed.open()) {
            one.posts("/echo", "").hears();
            other.posts("/echo", "").hears();
            try (Wire third = bed.open()) {
                assertThat(third.hearsTheEnd()).isIn("", "reset");
            }
            assertThat(bed.dropped).containsExactly("too many connections");
            one.hangsUp();
            await().until(() -> bed.front.connections() == 1);
            try (Wire next = bed.open()) {
                assertThat(next.posts("/echo", "").hears()).startsWith("200 ");
            }
        }
    }

    @Test
    void beyond_the_bound_requests_do_not_wait() {
        HttpConfig one =
                new HttpConfig(true, Duration.ofMinutes(5), Duration.ofMinutes(5), 100, 2048, 2L << 20, 4, 10, 1, 0);
        try (HttpBed bed = new HttpBed(one);
                Wire waiting = bed.open();
                Wire refused = bed.open()) {
            waiting.posts("/held", "");
            await().until(() -> refused.posts("/echo", "").hears().equals("200 \"TOO_MANY\""));
            bed.echo.held.complete(null);
            assertThat(waiting.hears()).startsWith("200 POST /held");
            assertThat(refused.posts("/echo", "a").hears()).isEqualTo("200 POST /echo a");
        }
    }

    @Test
    void a_fault_of_ours_is_answered_and_the_connection_stays() {
        try (HttpBed bed = new HttpBed(HttpBed.config());
                Wire wire = bed.open()) {
            assertThat(wire.posts("/broken", "").hears()).isEqualTo("200 \"INTERNAL\"");
            assertThat(wire.posts("/broken/at/once", "").hears()).isEqualTo("200 \"INTERNAL\"");
            assertThat(wire.posts("/echo", "a").hears()).isEqualTo("200 POST /echo a");
        }
    }

    @Test
    void in_clear_nobody_is_served_unless_told_to() {
        try (HttpBed bed = new HttpBed(HttpConfig.defaults());
                Wire wire = bed.open()) {
            assertThat(wire.hearsTheEnd()).isIn("", "reset");
            assertThat(bed.dropped).containsExactly("http in clear");
        }
    }

    @Test
    void a_drain_answers_what_came_and_closes_what_is_idle() throws Exception {
        try (HttpBed bed = new HttpBed(HttpBed.config());
                Wire idle = bed.open();
                Wire waiting = bed.open()) {
            idle.posts("/echo", "").hears();
            waiting.posts("/held", "last");
            await().until(() -> bed.front.connections() == 2);

            CompletableFuture<Void> drained = bed.front.drain();

            assertThat(idle.hearsTheEnd()).isEmpty();
            assertThat(drained).isNotDone();
            bed.echo.held.complete(null);
            assertThat(waiting.hearsTheEnd()).contains("Connection: close").endsWith("last");
            drained.get(Patience.LONG.toSeconds(), TimeUnit.SECONDS);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"--http1.1", "--http2-prior-knowledge"})
    void curl_is_served_in_either_version(String version) throws Exception {
        try (HttpBed bed = new HttpBed(HttpBed.config())) {
            assertThat(curl(bed, version, "abc"))
                    .isEqualTo("POST /echo abc " + (version.contains("2") ? "2" : "1.1") + " 0");
        }
    }

    @Test
    void curl_hears_that_it_sends_too_much() throws Exception {
        try (HttpBed bed = new HttpBed(HttpBed.config())) {
            assertThat(curl(bed, "--http1.1", "x".repeat(500_000))).isEqualTo("\"TOO_LARGE\" 1.1 0");
        }
    }

    /// One request a process: Debian's curl cannot use such a connection twice.
    ///
    /// @return the answer, its version, and what curl ended with
    private static String curl(HttpBed bed, String version, String body) throws Exception {
        Process curl = new ProcessBuilder(
                        "curl",
                        "-s",
                        "-m",
                        "60",
                        version,
                        "--data-binary",
                        "@-",
                        "-w",
                        " %{http_version}",
                        "http://localhost:" + bed.port() + "/echo")
                .start();
        try (OutputStream out = curl.getOutputStream()) {
            out.write(body.getBytes(StandardCharsets.US_ASCII));
        }
        String said = new String(curl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(curl.waitFor(90, TimeUnit.SECONDS)).isTrue();
        return said + " " + curl.exitValue();
    }

    @Test
    void bytes_of_chance_break_nothing() throws IOException {
        Random chance = new Random(42);
        try (HttpBed bed = new HttpBed(times(3, 3))) {
            for (int round = 0; round < 300; round++) {
                byte[] bytes = new byte[chance.nextInt(200)];
                chance.nextBytes(bytes);
                String prefix = switch (round % 4) {
                    case 0 -> "";
                    case 1 -> "POST /echo HTTP/1.1\r\n";
                    case 2 -> "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
                    default -> "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0";
                };
                try (Wire wire = bed.open()) {
                    wire.sends(prefix + new String(bytes, StandardCharsets.ISO_8859_1));
                } catch (UncheckedIOException e) {
                    // it closed before all was sent
                }
            }
            try (Wire wire = bed.opens(Wire.post("/echo", "alive"))) {
                assertThat(wire.hears()).isEqualTo("200 POST /echo alive");
            }
            await().until(() -> bed.front.connections() <= 1);
        }
    }
}
