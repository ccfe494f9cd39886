package io.berth.stream.sqlite;

import io.berth.binary.ValueCodec;
import io.berth.binary.ValueCodec.Out;
import io.berth.core.Payload;
import io.berth.stream.DurableLog.Entry;
import io.berth.stream.EventCodec;
import io.berth.stream.UnreadableEventException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/// A batch of events as the file keeps it: their octets one behind the other, each after its length.
///
/// @param first the offset of the first event; the others follow without a gap
/// @param since the time of the oldest event, in milliseconds
/// @param until the newest time of any event up to and including these, so that it never falls from row to row
/// @param checksum over everything else
record Row(long first, int count, long since, long until, int checksum, Payload octets) {
    static Row of(long first, List<Appended> batch, long untilBefore) {
        long since = Long.MAX_VALUE;
        long until = untilBefore;
        Out out = new Out(
                batch.stream().mapToInt(each -> each.octets().size() + 5).sum());
        for (Appended each : batch) {
            out.payload(each.octets());
            long time = millis(each.event().time());
            since = Math.min(since, time);
            until = Math.max(until, time);
        }
        Row unchecked = new Row(first, batch.size(), since, until, 0, out.toPayload());
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
        ByteBuffer in = octets.buffer();
        List<Entry> entries = new ArrayList<>(count);
        try {
            for (long offset = first; in.hasRemaining(); offset++) {
                int length = (int) ValueCodec.unsigned(in);
                if (offset >= from) {
                    entries.add(new Entry(offset, EventCodec.decode(in.slice(in.position(), length))));
                }
                in.position(in.position() + length);
            }
        } catch (BufferUnderflowException | IndexOutOfBoundsException | IllegalArgumentException e) {
            throw new UnreadableEventException("a batch of events ends within one of them", e);
        }
        return entries;
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
