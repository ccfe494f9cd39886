package io.berth.storage;

import static io.berth.core.ProblemException.require;

import java.time.Duration;

/// The `storage.things.…` keys: latest values, wishes and history.
///
/// @param foldEvery how often what was reported moves from the journal into rows of things and history
/// @param journalBytes a larger journal is folded at once; it bounds what a start after a crash reads
/// @param waitingBytes facts that may wait for the journal's next commit; beyond, reports are refused
/// @param retention history older than this is dropped, a day at a time
/// @param devicesInMemory things whose state stays in memory between reports
public record ThingStateConfig(
        Duration foldEvery, long journalBytes, long waitingBytes, Duration retention, int devicesInMemory) {

    public static final ThingStateConfig DEFAULT =
            new ThingStateConfig(Duration.ofSeconds(10), 16 << 20, 4 << 20, Duration.ofDays(30), 100_000);

    public ThingStateConfig {
        within("fold-every", foldEvery, Duration.ofMillis(100), Duration.ofHours(1));
        within("retention", retention, Duration.ofDays(1), Duration.ofDays(36_500));
        within("journal-bytes", journalBytes, 64 << 10, 1 << 30);
        within("waiting-bytes", waitingBytes, 4 << 10, 256 << 20);
        within("devices-in-memory", devicesInMemory, 1, 100_000_000);
    }

    private static <T extends Comparable<T>> void within(String key, T value, T least, T most) {
        require(
                value.compareTo(least) >= 0 && value.compareTo(most) <= 0,
                "storage.things." + key + " is " + least + " to " + most + ", not " + value);
    }

    private static void within(String key, long value, long least, long most) {
        within(key, (Long) value, (Long) least, (Long) most);
    }
}
