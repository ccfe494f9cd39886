package io.berth.stream.sqlite;

import static io.berth.core.ProblemException.require;

import java.time.Duration;

/// The `stream.…` keys: the event log.
///
/// @param commitEvery while events come all the time, one commit follows another not sooner than this; a lone
/// event never waits
/// @param waitingBytes events that may wait for a commit; beyond, they are refused
/// @param tailBytes the newest events, kept in memory for those who read along
/// @param readers connections that read older ones
/// @param retention older events are dropped; not shorter than what consumer groups keep
/// @param retentionBytes what the file may hold before the oldest events are dropped
public record StreamConfig(
        Duration commitEvery, long waitingBytes, long tailBytes, int readers, Duration retention, long retentionBytes) {

    public static final StreamConfig DEFAULT =
            new StreamConfig(Duration.ofMillis(2), 16 << 20, 8 << 20, 2, Duration.ofHours(25), 10L << 30);

    public StreamConfig {
        within("commit-every", commitEvery, Duration.ZERO, Duration.ofMillis(5));
        within("waiting-bytes", waitingBytes, 64L << 10, 1L << 30);
        within("tail-bytes", tailBytes, 0L, 1L << 30);
        within("readers", readers, 1, 100);
        within("retention", retention, Duration.ofMinutes(1), Duration.ofDays(36_500));
        within("retention-bytes", retentionBytes, 1L << 20, 1L << 50);
    }

    private static <T extends Comparable<T>> void within(String key, T value, T least, T most) {
        require(
                value.compareTo(least) >= 0 && value.compareTo(most) <= 0,
                "stream." + key + " is " + least + " to " + most + ", not " + value);
    }
}
