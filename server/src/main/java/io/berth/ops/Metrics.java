package io.berth.ops;

import io.berth.core.ProblemException;
import io.berth.core.caller.Callers;
import io.berth.core.credential.Secret;
import io.berth.web.Endpoint;
import io.berth.web.Exchange;
import io.berth.web.ProblemDocument;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/// The metrics of this process in Prometheus form. Asking for a counter is slow and done once; counting is a
/// `LongAdder`.
public final class Metrics implements AutoCloseable {
    private static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";
    private static final String SCHEME = "Bearer ";

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics collections = new JvmGcMetrics();
    private final List<Runnable> refreshes = new CopyOnWriteArrayList<>();

    /// A counter under this name and these tags (`key, value, …`), to be asked for once.
    public LongAdder counter(String name, String description, String... tags) {
        LongAdder adder = new LongAdder();
        FunctionCounter.builder(name, adder, LongAdder::sum)
                .description(description)
                .tags(tags)
                .register(registry);
        return adder;
    }

    /// A value that is read whenever someone looks.
    public void gauge(String name, String description, LongSupplier value, String... tags) {
        Gauge.builder(name, value, LongSupplier::getAsLong)
                .description(description)
                .tags(tags)
                .strongReference(true)
                .register(registry);
    }

    /// A count kept elsewhere that only grows.
    public void count(String name, String description, LongSupplier value, String... tags) {
        FunctionCounter.builder(name, value, LongSupplier::getAsLong)
                .description(description)
                .tags(tags)
                .register(registry);
    }

    /// Is called before the metrics are written.
    public void beforeScrape(Runnable refresh) {
        refreshes.add(refresh);
    }

    /// Takes away what has this tag.
    public void forget(String tag, String value) {
        for (Meter meter : registry.getMeters()) {
            if (value.equals(meter.getId().getTag(tag))) {
                registry.remove(meter);
            }
        }
    }

    /// A latency as a histogram from 100 µs to 10 s.
    public Timer latency(String name, String description, String... tags) {
        return Timer.builder(name)
                .description(description)
                .tags(tags)
                .serviceLevelObjectives(
                        Duration.ofNanos(100_000),
                        Duration.ofNanos(300_000),
                        Duration.ofMillis(1),
                        Duration.ofMillis(3),
                        Duration.ofMillis(10),
                        Duration.ofMillis(30),
                        Duration.ofMillis(100),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(10))
                .register(registry);
    }

    /// Adds memory, collections, threads and processor time of the JVM.
    public void watchJvm() {
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        collections.bindTo(registry);
    }

    public String scrape() {
        refreshes.forEach(Runnable::run);
        return registry.scrape();
    }

    /// `/metrics`, for peers on this machine and for holders of a token.
    public Endpoint endpoint(Callers callers) {
        return new Endpoint(Endpoint.Method.GET, "/metrics", exchange -> answer(exchange, callers));
    }

    private void answer(Exchange exchange, Callers callers) throws IOException {
        if (!exchange.isLocal() && !holdsToken(exchange, callers)) {
            exchange.putHeader("WWW-Authenticate", "Bearer");
            exchange.answer(ProblemDocument.of("UNAUTHENTICATED", 401, "metrics need a token, or a local peer"));
            return;
        }
        exchange.answer(200, CONTENT_TYPE, scrape().getBytes(StandardCharsets.UTF_8));
    }

    private static boolean holdsToken(Exchange exchange, Callers callers) {
        String header = exchange.header("Authorization");
        if (header == null || !header.startsWith(SCHEME)) {
            return false;
        }
        try {
            callers.authenticate(new Secret(header.substring(SCHEME.length()).strip()));
            return true;
        } catch (ProblemException _) {
            return false;
        }
    }

    @Override
    public void close() {
        collections.close();
        registry.close();
    }
}
