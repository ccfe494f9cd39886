package io.berth.stream.sqlite;

import io.berth.core.Payload;
import io.berth.stream.Appended;
import io.berth.stream.DurableLog.Entry;
import io.berth.stream.EventBatch;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.zip.CRC32C;

/// A batch of events as the file keeps it.
///
/// @param first the offset of the first event; the others follow without a gap
/// @param since the time of the oldest event, in milliseconds
/// @param until the newest time of any event up to and including these, so that it never falls from row to row
/// @param checksum over everything else
record Row(long first, int count, long since, long until, int checksum, Payload octets) {
    static Row of(long first, List<Appended> batch, long untilBefore) {
        long since = Long.MAX_VALUE;
        long until = untilBefore;
        for (Appended each : batch) {
            long time = millis(each.event().time());
            since = Math.min(since, time);
            until = Math.max(until, time);
        }
        Row unchecked = new Row(first, batch.size(), since, until, 0, Payload.owned(EventBatch.write(batch)));
        return new Row(first, batch.size(), since, until, unchecked.sum(), unchecked.octets);
    }

    /// The offset after the last event.
    long end() {
        return first + count;
    }

    boolean isIntact() {
        return checksum == sum();
    }

    /// The events from this offset on. Fails when they cannot be read although the checksum is right: another
    /// release wrote them.
    List<Entry> entries(long from) {
        return EventBatch.read(octets.buffer(), first, from);
    }

    /// To the millisecond; times beyond all reason are the last that can be written.
    static long millis(Instant time) {
        try {
            return time.toEpochMilli();
        } catch (ArithmeticException _) {
            return time.isAfter(Instant.EPOCH) ? Long.MAX_VALUE : Long.MIN_VALUE;
        }
    }

    private int sum() {
        ByteBuffer header = ByteBuffer.allocate(3 * Long.BYTES + Integer.BYTES);
        header.putLong(first).putInt(count).putLong(since).putLong(until).flip();
        CRC32C sum = new CRC32C();
        sum.update(header);
        sum.update(octets.buffer());
        return (int) sum.getValue();
    }
}
