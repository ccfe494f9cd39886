package io.berth.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.berth.web.Endpoint.Method;
import java.io.IOException;
import java.io.InputStream;
import java.net.BindException;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class WebServerTest {
    private static final WebConfig CONFIG = config(Duration.ofSeconds(60));

    private final CountDownLatch entered = new CountDownLatch(1);
    private final CountDownLatch leave = new CountDownLatch(1);
    private final List<Endpoint> endpoints = List.of(
            new Endpoint(Method.GET, "/hello", exchange -> exchange.answerJson(200, List.of("hello"))),
            new Endpoint(Method.GET, "/fault", _ -> {
                throw new IllegalStateException("secret detail");
            }),
            new Endpoint(Method.GET, "/slow", exchange -> {
                entered.countDown();
                try {
                    leave.await();
                } catch (InterruptedException e) {
                    throw new IOException(e);
                }
                exchange.answerJson(200, List.of("late"));
            }),
            new Endpoint(
                    Method.GET,
                    "/thread",
                    exchange -> exchange.answerJson(
                            200, List.of(Thread.currentThread().isVirtual(), exchange.isLocal()))));

    @Test
    void requests_run_on_virtual_threads() throws Exception {
        try (WebServer server = start()) {
            assertThat(get(server, "/thread").body()).isEqualTo("[true,true]");
        }
    }

    @Test
    void who_comes_through_a_proxy_is_not_local() throws Exception {
        try (WebServer server = start();
                HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(server.uri().resolve("/thread"))
                    .header("X-Forwarded-For", "192.0.2.1")
                    .build();
            assertThat(client.send(request, BodyHandlers.ofString()).body()).isEqualTo("[true,false]");
        }
    }

    @Test
    void a_fault_is_answered_without_its_inside() throws Exception {
        try (WebServer server = start()) {
            HttpResponse<String> answer = get(server, "/fault");

            assertThat(answer.statusCode()).isEqualTo(500);
            assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
            assertThat(answer.headers().firstValue("Server")).isEmpty();
            assertThat(answer.body()).contains("INTERNAL").doesNotContain("secret", "Exception");
        }
    }

    @Test
    void a_port_in_use_is_named() throws Exception {
        try (WebServer server = start()) {
            assertThatThrownBy(
                            () -> WebServer.start(new WebListener("127.0.0.1", server.port(), null), CONFIG, endpoints))
                    .isInstanceOf(BindException.class)
                    .hasMessage("web: cannot listen on 127.0.0.1:" + server.port() + ": in use?");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    NONSENSE                                              | 400
                    GET /hello HTTP/9.9                                   | 505
                    GET /hel%zzlo HTTP/1.1                                | 400
                    """)
    void malformed_http_is_answered_plainly(String line, int status) throws Exception {
        try (WebServer server = start()) {
            String answer = raw(server, line + "\r\nHost: x\r\nConnection: close\r\n\r\n");

            assertThat(answer)
                    .startsWith("HTTP/1.1 " + status)
                    .doesNotContain("Jetty", "<html", "org.eclipse", "\tat ");
        }
    }

    @Test
    void headers_beyond_the_bound_are_refused() throws Exception {
        try (WebServer server = start()) {
            String answer = raw(server, "GET /hello HTTP/1.1\r\nHost: x\r\nX: " + "x".repeat(4000) + "\r\n\r\n");

            assertThat(answer).startsWith("HTTP/1.1 431").contains("HEADERS_TOO_LARGE");
        }
    }

    @Test
    void a_connection_that_says_nothing_is_closed() throws Exception {
        try (WebServer server = WebServer.start(WebListener.anyLocal(), config(Duration.ofMillis(300)), endpoints);
                Socket socket = new Socket("127.0.0.1", server.port())) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream().write("GET /hel".getBytes(StandardCharsets.US_ASCII));

            InputStream in = socket.getInputStream();
            assertThat(new String(in.readAllBytes(), StandardCharsets.US_ASCII)).doesNotContain("200 OK");
        }
    }

    @Test
    void a_stop_lets_running_requests_finish() throws Exception {
        WebServer server = start();
        try (HttpClient client = HttpClient.newHttpClient()) {
            var answer = client.sendAsync(
                    HttpRequest.newBuilder(server.uri().resolve("/slow")).build(), BodyHandlers.ofString());
            entered.await();
            Thread stop = Thread.ofPlatform().start(server::close);
            leave.countDown();

            assertThat(answer.get(30, TimeUnit.SECONDS).body()).isEqualTo("[\"late\"]");
            assertThat(stop.join(Duration.ofSeconds(60))).isTrue();
        }
    }

    private static WebConfig config(Duration idleTimeout) {
        return new WebConfig(1024, 2048, 100, idleTimeout, Duration.ofSeconds(30));
    }

    private WebServer start() throws IOException {
        return WebServer.start(WebListener.anyLocal(), CONFIG, endpoints);
    }

    private static HttpResponse<String> get(WebServer server, String path) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                    HttpRequest.newBuilder(server.uri().resolve(path)).build(), BodyHandlers.ofString());
        }
    }

    private static String raw(WebServer server, String request) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", server.port())) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
