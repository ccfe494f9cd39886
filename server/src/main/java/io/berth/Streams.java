package io.berth;

import io.berth.core.alarm.AlarmBell;
import io.berth.core.message.EventHistory;
import io.berth.core.message.EventLog;
import io.berth.core.subscription.CursorStore;
import io.berth.ops.Metrics;
import io.berth.stream.DurableLog;
import io.berth.stream.EventStreams;
import io.berth.stream.Interest;
import io.berth.stream.LiveFeed;
import io.berth.stream.LogHistory;
import io.berth.stream.group.Groups;
import io.berth.stream.kafka.KafkaLog;
import io.berth.stream.sqlite.SqliteLog;
import java.nio.file.Path;
import java.time.InstantSource;

/// Where events go: to those who watch, and to the durable log for those who read it. Closing it ends the
/// readers, saves where they stand, and then finishes the log; the live feed is ended on its own, before the
/// web server.
final class Streams implements AutoCloseable {
    final LiveFeed feed;
    final Groups groups;
    final EventLog events;
    final EventHistory history;
    final DurableLog log;

    Streams(Config config, Path directory, CursorStore cursors, AlarmBell bell, InstantSource clock) {
        Interest interest = new Interest();
        this.feed = new LiveFeed(config.feed().maxWatches(), config.feed().maxQueued());
        this.log = config.kafka().servers().isEmpty()
                ? SqliteLog.open(directory, config.stream(), bell, clock)
                : KafkaLog.open(config.kafka(), bell);
        this.groups = new Groups(log, interest, cursors, config.consumerGroups(), clock);
        this.events = new EventStreams(feed, log, interest);
        this.history = new LogHistory(log);
    }

    /// Whether events are kept at the moment.
    boolean isWritable() {
        return log.counts().isWritable();
    }

    /// What can be read off it at any moment.
    void register(Metrics metrics) {
        metrics.gauge("berth.feed.watching", "Followers of live events", feed::watching);
        metrics.count("berth.feed.dropped", "Events slow followers lost", feed::dropped);
        metrics.count(
                "berth.stream.events",
                "Events kept in the log",
                () -> log.counts().appended());
        metrics.gauge(
                "berth.stream.waiting.bytes",
                "Events that wait to be kept",
                () -> log.counts().waitingBytes());
        metrics.count(
                "berth.stream.failures",
                "Attempts to keep events that failed",
                () -> log.counts().failures());
        if (log instanceof SqliteLog embedded) { // Kafka tells these itself
            metrics.gauge("berth.stream.used.bytes", "What the events of the log take", embedded::usedBytes);
            metrics.gauge(
                    "berth.stream.oldest.seconds",
                    "Age of the oldest event of the log",
                    () -> embedded.oldest().toSeconds());
            metrics.count("berth.stream.dropped", "Events the log gave up by its bounds", embedded::dropped);
        }
    }

    @Override
    public void close() {
        groups.close();
        log.close();
    }
}
