package io.berth.ops;

import io.berth.core.audit.AuditedCalls;
import io.berth.core.caller.Callers;
import io.berth.web.Endpoint;
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
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/// The metrics of this process in Prometheus form. Asking for a counter is slow and done once; counting is a
/// `LongAdder`.
public final class Metrics implements AutoCloseable {
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics collections = new JvmGcMetrics();
    private final List<Runnable> refreshes = new CopyOnWriteArrayList<>();

    /// What counters read. The registry alone would let it be collected, and the count would stand still.
    private final Map<Meter.Id, LongSupplier> counted = new ConcurrentHashMap<>();

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
        FunctionCounter counter = FunctionCounter.builder(name, value, LongSupplier::getAsLong)
                .description(description)
                .tags(tags)
                .register(registry);
        counted.put(counter.getId(), value);
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
                counted.remove(meter.getId());
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

    /// `/metrics`, for peers on this machine and for whoever may read about all of the platform.
    public Endpoint endpoint(Callers callers, AuditedCalls calls) {
        MetricsEndpoint endpoint = new MetricsEndpoint(this, callers, calls);
        return new Endpoint(Endpoint.Method.GET, MetricsEndpoint.PATH, endpoint::answer);
    }

    @Override
    public void close() {
        collections.close();
        registry.close();
    }
}
