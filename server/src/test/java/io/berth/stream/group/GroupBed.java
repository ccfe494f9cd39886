package io.berth.stream.group;

import static org.awaitility.Awaitility.await;

import io.berth.core.Completion;
import io.berth.core.Payload;
import io.berth.core.message.Event;
import io.berth.core.subscription.ConsumerGroup.Bounds;
import io.berth.core.subscription.Reader;
import io.berth.core.subscription.Readers.Progress;
import io.berth.core.subscription.Selection;
import io.berth.stream.Interest;
import io.berth.testing.MemoryCursors;
import io.berth.testing.MemoryLog;
import io.berth.testing.SampleEvents;
import io.berth.testing.TestClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/// The engine over a log and a store in memory, at the time of a test clock.
final class GroupBed implements AutoCloseable {
    static final Bounds BOUNDS = new Bounds(Duration.ofDays(1), 1_000_000, 5);
    static final Redelivery REDELIVERY = new Redelivery(Duration.ofSeconds(1), Duration.ofSeconds(8));
    static final GroupsConfig CONFIG = config(1_000, Duration.ofMillis(10));

    /// Never saves by itself: what a crash leaves behind.
    static final GroupsConfig UNSAVED = config(1_000, Duration.ofDays(1));

    final TestClock clock = new TestClock();
    MemoryCursors cursors = new MemoryCursors();
    final Interest interest = new Interest();
    final MemoryLog log;
    Groups groups;
    private final List<Groups> crashed = new ArrayList<>();

    GroupBed() {
        this(2, CONFIG);
    }

    GroupBed(int partitions, GroupsConfig config) {
        this.log = new MemoryLog(partitions);
        this.groups = new Groups(log, interest, cursors, config, clock);
    }

    static GroupsConfig config(int window, Duration saveEvery) {
        return new GroupsConfig(10, 3, window, REDELIVERY, saveEvery, Duration.ofMillis(10));
    }

    /// A reader of everything.
    void group(String id) {
        group(id, BOUNDS, false);
    }

    void group(String id, Bounds bounds, boolean inOrder) {
        groups.begin(new Reader(id, Selection.ALL, bounds, TestClock.START, inOrder));
    }

    TestConsumer consumer(String group) {
        return consumer(group, Duration.ZERO);
    }

    TestConsumer consumer(String group, Duration acknowledgeWithin) {
        return new TestConsumer("consumer of " + group, groups, group, acknowledgeWithin);
    }

    /// Messages of a device that say `0`, `1` and so on.
    void append(String device, int count) {
        for (int i = 0; i < count; i++) {
            append(device, Integer.toString(i));
        }
    }

    void append(String device, String text) {
        append(SampleEvents.message(device, Payload.of(text), clock.instant()));
    }

    void append(Event event) {
        log.append(event, Completion.IGNORED);
    }

    Progress progress(String group) {
        return groups.progress(group);
    }

    void awaitProgress(String group, Predicate<Progress> wanted) {
        await().pollInterval(Duration.ofMillis(2)).until(() -> progress(group), wanted);
    }

    /// Begins again on what the log and the store have now; nobody closed the former engine.
    void crash(GroupsConfig config) {
        cursors = new MemoryCursors(cursors);
        crashed.add(groups);
        groups = new Groups(log, interest, cursors, config, clock);
    }

    @Override
    public void close() {
        crashed.forEach(Groups::close);
        groups.close();
    }
}
