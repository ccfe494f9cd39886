package io.berth.core.message;

import io.berth.core.Completion;
import io.berth.core.device.DeviceId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// Makes events of facts, for those who want them. Never blocks; any thread.
public final class Events {
    /// An id is its millisecond followed by this many bits, so ids of later starts are greater.
    private static final int COUNTER_BITS = 20;

    private final EventLog log;
    private final InstantSource clock;
    private final AtomicLong lastId = new AtomicLong();

    public Events(EventLog log, InstantSource clock) {
        this.log = log;
        this.clock = clock;
    }

    /// Whether anyone wants events of this device and kind: when not, its facts need not be gathered.
    public boolean wants(DeviceId device, Event.Kind kind) {
        return log.wants(device, kind);
    }

    /// Tells of a fact that nobody waits for.
    public void tell(DeviceId device, @Nullable Origin origin, Fact fact) {
        tell(device, origin, fact, Completion.IGNORED);
    }

    /// The completion fires once those who want the fact have it for good; at once when nobody does.
    public void tell(DeviceId device, @Nullable Origin origin, Fact fact, Completion completion) {
        if (log.wants(device, fact.kind())) {
            append(device.product(), device, origin, fact, completion);
        } else {
            completion.done(null);
        }
    }

    /// Tells of a fact about a product as a whole.
    public void tell(String product, Fact fact) {
        if (log.wants(product, fact.kind())) {
            append(product, null, null, fact, Completion.IGNORED);
        }
    }

    private void append(
            String product, @Nullable DeviceId device, @Nullable Origin origin, Fact fact, Completion completion) {
        Instant now = clock.instant();
        log.append(new Event(nextId(now), now, product, device, origin, fact), completion);
    }

    private long nextId(Instant now) {
        long earliest = now.toEpochMilli() << COUNTER_BITS;
        return lastId.accumulateAndGet(earliest, (last, least) -> Math.max(last + 1, least));
    }
}
