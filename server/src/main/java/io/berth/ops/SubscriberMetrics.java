package io.berth.ops;

import io.berth.core.subscription.SubscriberTraffic;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/// Counts what passes to subscribers. Never blocks; any thread.
public final class SubscriberMetrics implements SubscriberTraffic {
    private final Series<LongAdder> connections;
    private final Series<Series<Timer>> logins;
    private final LongAdder links = new LongAdder();
    private final LongAdder delivered;
    private final Series<LongAdder> settled;
    private final Series<LongAdder> drops;

    public SubscriberMetrics(Metrics metrics) {
        this.connections = new Series<>(listener -> {
            LongAdder open = new LongAdder();
            metrics.gauge(
                    "berth.subscriber.connections", "Open connections of subscribers", open::sum, "listener", listener);
            return open;
        });
        this.logins = new Series<>(dialect -> new Series<>(result -> metrics.latency(
                "berth.subscriber.logins",
                "Logins of subscribers settled, and the time from reading one to its answer",
                "dialect",
                dialect,
                "result",
                result)));
        metrics.gauge("berth.subscriber.links", "Receivers attached", links::sum);
        this.delivered = metrics.counter("berth.subscriber.messages", "Messages sent to subscribers");
        this.settled = new Series<>(outcome ->
                metrics.counter("berth.subscriber.events", "Events settled by subscribers", "outcome", outcome));
        this.drops = new Series<>(cause -> metrics.counter(
                "berth.subscriber.dropped", "Connections and links of subscribers refused or ended", "cause", cause));
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
    public void linkOpened() {
        links.increment();
    }

    @Override
    public void linkClosed() {
        links.decrement();
    }

    @Override
    public void delivered() {
        delivered.increment();
    }

    @Override
    public void settled(String outcome) {
        settled.of(outcome).increment();
    }

    @Override
    public void dropped(String cause) {
        drops.of(cause).increment();
    }
}
