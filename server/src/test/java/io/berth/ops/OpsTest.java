package io.berth.ops;

import static io.berth.testing.MemoryCallers.QUICK_HASHING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import io.berth.core.audit.AuditedCalls;
import io.berth.core.caller.AccessKeys;
import io.berth.core.caller.Area;
import io.berth.core.caller.Callers;
import io.berth.core.caller.Rights;
import io.berth.core.caller.Role;
import io.berth.core.message.Qos;
import io.berth.testing.MemoryAccessKeys;
import io.berth.testing.MemoryCallers;
import io.berth.testing.TestClock;
import io.berth.web.Endpoint;
import io.berth.web.WebConfig;
import io.berth.web.WebListener;
import io.berth.web.WebServer;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class OpsTest {
    private final Callers callers = new Callers(
            new MemoryCallers(),
            QUICK_HASHING,
            new AccessKeys(new MemoryAccessKeys(), new TestClock()),
            new TestClock());

    @Test
    void traffic_is_counted_by_its_words() {
        try (Metrics metrics = new Metrics()) {
            TrafficMetrics traffic = new TrafficMetrics(metrics);
            traffic.connectionOpened("mqtt");
            traffic.connectionOpened("mqtt");
            traffic.connectionClosed("mqtt");
            traffic.login("plain", "accepted", 1_000);
            traffic.login("plain", "wrong-signature", 1_000);
            traffic.uplink("plain", "message", 200_000);
            traffic.downlink("plain", Qos.AT_LEAST_ONCE);
            traffic.dropped("topic-forbidden");

            assertThat(metrics.scrape())
                    .contains(
                            "berth_connections{listener=\"mqtt\"} 1.0",
                            "berth_logins_seconds_count{dialect=\"plain\",result=\"accepted\"} 1",
                            "berth_logins_seconds_count{dialect=\"plain\",result=\"wrong-signature\"} 1",
                            "berth_uplinks_seconds_bucket{dialect=\"plain\",kind=\"message\",le=\"1.0E-4\"} 0",
                            "berth_uplinks_seconds_bucket{dialect=\"plain\",kind=\"message\",le=\"3.0E-4\"} 1",
                            "berth_downlinks_total{dialect=\"plain\",qos=\"1\"} 1.0",
                            "berth_dropped_total{cause=\"topic-forbidden\"} 1.0");
        }
    }

    @Test
    void a_count_that_is_kept_elsewhere_goes_on_after_a_collection() {
        try (Metrics metrics = new Metrics()) {
            AtomicLong sold = new AtomicLong();
            metrics.count("tickets", "Tickets sold", sold::get, "gate", "north");
            WeakReference<Object> unheld = new WeakReference<>(new Object());
            await().until(() -> {
                System.gc();
                return unheld.refersTo(null);
            });
            sold.set(7);
            assertThat(metrics.scrape()).contains("tickets_total{gate=\"north\"} 7.0");

            metrics.forget("gate", "north");
            metrics.count("tickets", "Tickets sold", () -> 1, "gate", "north");
            assertThat(metrics.scrape()).contains("tickets_total{gate=\"north\"} 1.0");
        }
    }

    @Test
    void words_without_end_do_not_make_series_without_end() {
        try (Metrics metrics = new Metrics()) {
            TrafficMetrics traffic = new TrafficMetrics(metrics);
            for (int i = 0; i < 1000; i++) {
                traffic.dropped("cause-" + i);
            }

            assertThat(metrics.scrape()).contains("berth_dropped_total{cause=\"other\"} 800.0");
        }
    }

    @Test
    void metrics_are_for_this_machine_and_for_readers_of_all_the_platform() throws Exception {
        try (Metrics metrics = new Metrics();
                WebServer server =
                        serve(List.of(metrics.endpoint(callers, new AuditedCalls(_ -> {}, new TestClock()))))) {
            metrics.watchJvm();

            assertThat(get(server, "/metrics").body()).contains("jvm_memory_used_bytes", "jvm_threads_live_threads");
            assertThat(get(server, "/metrics", "X-Forwarded-For", "192.0.2.1").statusCode())
                    .isEqualTo(401);
            assertThat(get(
                                    server,
                                    "/metrics",
                                    "X-Forwarded-For",
                                    "192.0.2.1",
                                    "Authorization",
                                    "Bearer " + callers.localToken().reveal())
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "READER, , , 200",
        "READER, , PLATFORM, 200",
        "ADMINISTRATOR, , DEVICES, 403",
        "ADMINISTRATOR, s1, , 403"
    })
    void a_token_reads_metrics_as_far_as_its_rights_go(
            Role role, @Nullable String space, @Nullable Area area, int status) throws Exception {
        Rights rights =
                new Rights(role, space == null ? Set.of() : Set.of(space), area == null ? Set.of() : Set.of(area));
        String token =
                callers.createToken("prometheus", rights, Duration.ofHours(1)).reveal();
        try (Metrics metrics = new Metrics();
                WebServer server =
                        serve(List.of(metrics.endpoint(callers, new AuditedCalls(_ -> {}, new TestClock()))))) {
            assertThat(get(server, "/metrics", "X-Forwarded-For", "192.0.2.1", "Authorization", "Bearer " + token)
                            .statusCode())
                    .isEqualTo(status);
        }
    }

    @Test
    void readiness_names_what_is_missing_and_does_not_wait_for_what_hangs() throws Exception {
        AtomicBoolean open = new AtomicBoolean();
        CountDownLatch forever = new CountDownLatch(1);
        Map<String, BooleanSupplier> checks = new LinkedHashMap<>();
        checks.put("listeners", open::get);
        checks.put("storage", () -> {
            if (!open.get()) {
                throw new IllegalStateException("gone");
            }
            return true;
        });
        checks.put("hanging", () -> open.get() || awaits(forever));
        Health health = new Health(checks, Duration.ofMillis(200));
        try (WebServer server = serve(health.endpoints())) {
            assertThat(get(server, "/health/live").body()).isEqualTo("{\"status\":\"live\",\"failing\":[]}");
            HttpResponse<String> missing = get(server, "/health/ready");
            assertThat(missing.statusCode()).isEqualTo(503);
            assertThat(missing.body())
                    .isEqualTo("{\"status\":\"not ready\",\"failing\":[\"listeners\",\"storage\",\"hanging\"]}");

            open.set(true);
            await().untilAsserted(() ->
                    assertThat(get(server, "/health/ready").statusCode()).isEqualTo(200));
        }
    }

    @Test
    void a_message_stays_on_its_line_and_shows_its_device() {
        assertThat(line(new PlainLines(), "name\r\nFORGED"))
                .endsWith("WARN  device name??FORGED [device=p/d]\n")
                .hasLineCount(1);
    }

    @Test
    void json_lines_are_json() {
        assertThat(line(new JsonLines(), "a \"b\"\n\u0001"))
                .contains("\"level\":\"WARN\"", "\"message\":\"a \\\"b\\\"\\n\\u0001\"", "\"device\":\"p/d\"")
                .hasLineCount(1);
    }

    @Test
    void the_log_is_configured_in_code() {
        LoggerContext context = new LoggerContext();

        new LogSetup().configure(context);

        assertThat(context.getLogger("io.berth.device").isInfoEnabled()).isTrue();
        assertThat(context.getLogger("io.berth.device").isDebugEnabled()).isFalse();
        assertThat(context.getLogger("org.eclipse.jetty").isInfoEnabled()).isFalse();
    }

    private static boolean awaits(CountDownLatch latch) {
        try {
            latch.await();
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }

    private static String line(LineEncoder encoder, String message) {
        Logger logger = new LoggerContext().getLogger("io.berth.device");
        LoggingEvent event = new LoggingEvent(OpsTest.class.getName(), logger, Level.WARN, message, null, null);
        event.setMDCPropertyMap(Map.of("device", "p/d"));
        return new String(encoder.encode(event), StandardCharsets.UTF_8);
    }

    private static WebServer serve(List<Endpoint> endpoints) throws IOException {
        return WebServer.start(WebListener.anyLocal(), WebConfig.DEFAULT, new ArrayList<>(endpoints));
    }

    private static HttpResponse<String> get(WebServer server, String path, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(server.uri().resolve(path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request.build(), BodyHandlers.ofString());
        }
    }
}
