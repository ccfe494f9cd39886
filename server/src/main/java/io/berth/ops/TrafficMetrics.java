package io.berth.ops;

import io.berth.core.message.Qos;
import io.berth.core.session.Traffic;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/// Counts what passes through a front. Never blocks; any thread. A message costs two map lookups and an increment.
public final class TrafficMetrics implements Traffic {
    private final Metrics metrics;
    private final Series<LongAdder> connections;
    private final Series<Series<Timer>> logins;
    private final Series<Series<Timer>> uplinks;
    private final Series<Series<LongAdder>> downlinks;
    private final Series<LongAdder> drops;

    public TrafficMetrics(Metrics metrics) {
        this.metrics = metrics;
        this.connections = new Series<>(this::connections);
        this.logins = new Series<>(dialect -> new Series<>(result -> metrics.latency(
                "berth.logins",
                "Logins settled, and the time from reading one to its answer",
                "dialect",
                dialect,
                "result",
                result)));
        this.uplinks = new Series<>(dialect -> new Series<>(kind -> metrics.latency(
                "berth.uplinks",
                "Messages from devices, and the time from arrival to acceptance",
                "dialect",
                dialect,
                "kind",
                kind)));
        this.downlinks = new Series<>(dialect -> new Series<>(
                qos -> metrics.counter("berth.downlinks", "Messages to devices", "dialect", dialect, "qos", qos)));
        this.drops = new Series<>(
                cause -> metrics.counter("berth.dropped", "Messages, packets and connections refused", "cause", cause));
    }

    @Override
    public void connectionOpened(String listener) {
        connections.of(listener).increment();
    }

    @Override
    public void connectionClosed(String listener) {
        connections.of(listener).decrement();
    }

    @Override
    public void login(String dialect, String result, long nanos) {
        logins.of(dialect).of(result).record(nanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public void uplink(String dialect, String kind, long nanos) {
        uplinks.of(dialect).of(kind).record(nanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public void downlink(String dialect, Qos qos) {
        downlinks.of(dialect).of(qos == Qos.AT_MOST_ONCE ? "0" : "1").increment();
    }

    @Override
    public void dropped(String cause) {
        drops.of(cause).increment();
    }

    private LongAdder connections(String listener) {
        LongAdder open = new LongAdder();
        metrics.gauge("berth.connections", "Open connections of devices", open::sum, "listener", listener);
        return open;
    }
}
