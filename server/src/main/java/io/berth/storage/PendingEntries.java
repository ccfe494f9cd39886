package io.berth.storage;

import io.berth.core.Payload;
import io.berth.core.state.HistoryQuery.Kind;
import io.berth.core.thing.Occurrence;
import io.berth.core.thing.Sample;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/// Reads entries that lie one behind the other.
final class PendingEntries {
    /// A clock more than this ahead tells nothing: history then has the time of arrival.
    private static final long AHEAD = Duration.ofDays(1).toMillis();

    private PendingEntries() {}

    static void each(Payload pending, Consumer<ThingEntry> visitor) {
        ByteBuffer in = pending.buffer();
        while (in.hasRemaining()) {
            visitor.accept(ThingEntryCodec.read(in));
        }
    }

    /// The points the entry adds to the history.
    static void points(ThingEntry entry, BiConsumer<Series, Timed> visitor) {
        if (entry instanceof ThingEntry.Report report) {
            long arrival = Sql.millis(report.arrival());
            for (Sample sample : report.samples()) {
                visitor.accept(
                        new Series(Kind.PROPERTY, sample.key()),
                        new Timed(time(sample.time(), arrival), sample.value()));
            }
            for (Occurrence occurrence : report.occurrences()) {
                visitor.accept(
                        new Series(Kind.EVENT, occurrence.key()),
                        new Timed(time(occurrence.time(), arrival), occurrence.output()));
            }
        }
    }

    private static long time(Instant said, long arrival) {
        long time = Sql.millis(said);
        return time > arrival + AHEAD ? arrival : time;
    }
}
