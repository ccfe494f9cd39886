package io.berth.stream;

import io.berth.binary.ValueCodec;
import io.berth.binary.ValueCodec.Out;
import io.berth.stream.DurableLog.Entry;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// Events that are kept together, as octets: one behind the other, each after its length. A store pays for
/// each row or record it keeps, and next to nothing for one more event in it.
public final class EventBatch {
    private static final int MOST_LENGTH_BYTES = 5;

    private EventBatch() {}

    public static byte[] write(List<Appended> batch) {
        Out out = new Out(batch.stream()
                .mapToInt(each -> each.octets().size() + MOST_LENGTH_BYTES)
                .sum());
        batch.forEach(each -> out.payload(each.octets()));
        return out.toBytes();
    }

    /// The events from the offset `from` on, when the first of the batch stands at `first`. Octets that are no
    /// batch throw `UnreadableEventException` and nothing else.
    public static List<Entry> read(ByteBuffer in, long first, long from) {
        List<Entry> entries = new ArrayList<>();
        try {
            for (long offset = first; in.hasRemaining(); offset++) {
                int length = (int) ValueCodec.unsigned(in);
                if (offset >= from) {
                    entries.add(new Entry(offset, EventCodec.decode(in.slice(in.position(), length))));
                }
                in.position(in.position() + length);
            }
        } catch (BufferUnderflowException
                | IndexOutOfBoundsException
                | IllegalArgumentException
                | IllegalStateException e) {
            throw new UnreadableEventException("a batch of events ends within one of them", e);
        }
        return entries;
    }

    /// The same events as entries, without a way over their octets.
    public static List<Entry> entries(List<Appended> batch, long first) {
        List<Entry> entries = new ArrayList<>(batch.size());
        for (Appended each : batch) {
            entries.add(new Entry(first + entries.size(), each.event()));
        }
        return entries;
    }

    /// What they take in memory, roughly.
    public static long weight(List<Appended> batch) {
        return batch.stream().mapToLong(Appended::weight).sum();
    }
}
