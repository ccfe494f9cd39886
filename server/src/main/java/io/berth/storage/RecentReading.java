package io.berth.storage;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What the database held a moment ago. What changes through this process is to be followed by [#forget()]
/// and is seen at once; what another one changes, after `kept` at most. A failed reading is the failure of
/// whoever asks.
final class RecentReading<T> {
    private final Supplier<T> read;
    private final Duration kept;
    private final InstantSource clock;
    private volatile @Nullable Reading<T> last;

    RecentReading(Supplier<T> read, Duration kept, InstantSource clock) {
        this.read = read;
        this.kept = kept;
        this.clock = clock;
    }

    T get() {
        Reading<T> known = last;
        return known != null && clock.instant().isBefore(known.until()) ? known.value() : fresh();
    }

    /// Waits for a reading that is under way: it may have missed the change.
    synchronized void forget() {
        last = null;
    }

    private synchronized T fresh() {
        Instant now = clock.instant();
        Reading<T> known = last; // whoever waited finds it read
        if (known == null || !now.isBefore(known.until())) {
            known = new Reading<>(read.get(), now.plus(kept));
            last = known;
        }
        return known.value();
    }

    private record Reading<T>(T value, Instant until) {}
}
