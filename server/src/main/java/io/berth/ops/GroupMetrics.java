package io.berth.ops;

import io.berth.core.subscription.ConsumerGroup;
import io.berth.core.subscription.ConsumerGroups;
import io.berth.core.subscription.Readers.Progress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;

/// Figures of every consumer group, under its name: as many series as there may be groups.
public final class GroupMetrics {
    private static final String TAG = "group";

    private final Metrics metrics;
    private final ConsumerGroups groups;
    private final InstantSource clock;
    private final Map<String, ConsumerGroup> known = new HashMap<>();

    public GroupMetrics(Metrics metrics, ConsumerGroups groups, InstantSource clock) {
        this.metrics = metrics;
        this.groups = groups;
        this.clock = clock;
    }

    public void watch() {
        metrics.beforeScrape(this::refresh);
    }

    /// Groups come and go.
    private synchronized void refresh() {
        List<ConsumerGroup> now = groups.list();
        for (ConsumerGroup gone : List.copyOf(known.values())) {
            if (!now.contains(gone)) {
                known.remove(gone.name());
                metrics.forget(TAG, gone.name());
            }
        }
        for (ConsumerGroup group : now) {
            if (known.putIfAbsent(group.name(), group) == null) {
                register(group);
            }
        }
    }

    private void register(ConsumerGroup group) {
        gauge(group, "waiting", "Events a consumer group has not settled", Progress::waiting);
        gauge(group, "oldest.seconds", "Age of the oldest of them", this::oldestSeconds);
        gauge(
                group,
                "consumers",
                "Consumers of a group",
                progress -> progress.consumers().size());
        count(group, "delivered", "Events handed to consumers", Progress::delivered);
        count(group, "redelivered", "Events handed out once more", Progress::redelivered);
        count(group, "dropped", "Events given up by bounds of age or number", Progress::dropped);
        count(group, "dead", "Events nobody accepted", Progress::dead);
    }

    private void gauge(ConsumerGroup group, String name, String description, ToLongFunction<Progress> figure) {
        metrics.gauge("berth.group." + name, description, () -> read(group, figure), TAG, group.name());
    }

    private void count(ConsumerGroup group, String name, String description, ToLongFunction<Progress> figure) {
        metrics.count("berth.group." + name, description, () -> read(group, figure), TAG, group.name());
    }

    private long read(ConsumerGroup group, ToLongFunction<Progress> figure) {
        return groups.find(group.id())
                .map(found -> figure.applyAsLong(groups.progress(found)))
                .orElse(0L);
    }

    private long oldestSeconds(Progress progress) {
        Instant oldest = progress.oldest();
        return oldest == null
                ? 0
                : Math.max(0, Duration.between(oldest, clock.instant()).toSeconds());
    }
}
