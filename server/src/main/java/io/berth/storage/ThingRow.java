package io.berth.storage;

import io.berth.binary.ValueCodec;
import io.berth.binary.ValueCodec.Out;
import io.berth.core.Payload;
import io.berth.core.Value;
import io.berth.core.state.ThingState;
import io.berth.core.state.ThingState.Versioned;
import io.berth.core.thing.Sample;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// Newest values and wishes of one thing, as they lie in its row, and how journal entries change them. One
/// thread at a time.
final class ThingRow {
    /// The row of a thing nothing is known of.
    static final Payload NOTHING =
            new ThingRow(new LinkedHashMap<>(), new ThingEntry.Wishes(new LinkedHashMap<>(), Map.of())).encode();

    private final SequencedMap<String, Latest> reported;
    private ThingEntry.Wishes wishes;

    private ThingRow(SequencedMap<String, Latest> reported, ThingEntry.Wishes wishes) {
        this.reported = reported;
        this.wishes = wishes;
    }

    /// @param rank what a later sample is compared with: the time, but never one that had not come yet
    private record Latest(Value value, long time, long rank, long version) {}

    static ThingRow decode(Payload bytes) {
        ByteBuffer in = bytes.buffer();
        SequencedMap<String, Latest> reported = new LinkedHashMap<>();
        for (long left = ValueCodec.unsigned(in); left > 0; left--) {
            String key = ValueCodec.text(in);
            long time = ValueCodec.signed(in);
            long rank = time - ValueCodec.unsigned(in);
            long version = ValueCodec.unsigned(in);
            reported.put(key, new Latest(ValueCodec.read(in), time, rank, version));
        }
        return new ThingRow(reported, ThingEntryCodec.readWishes(in));
    }

    Payload encode() {
        Out out = new Out();
        out.unsigned(reported.size());
        reported.forEach((key, latest) -> {
            out.text(key)
                    .signed(latest.time)
                    .unsigned(latest.time - latest.rank)
                    .unsigned(latest.version);
            ValueCodec.write(latest.value, out);
        });
        ThingEntryCodec.writeWishes(wishes, out);
        return out.toPayload();
    }

    ThingState toState() {
        SequencedMap<String, Versioned> values = new LinkedHashMap<>();
        reported.forEach((key, latest) ->
                values.put(key, new Versioned(latest.value, Instant.ofEpochMilli(latest.time), latest.version)));
        return new ThingState(values, wishes.desired(), wishes.versions());
    }

    void apply(ThingEntry entry) {
        switch (entry) {
            case ThingEntry.Report report -> {
                if (report.current()) {
                    long arrival = Sql.millis(report.arrival());
                    report.samples().forEach(sample -> apply(sample, arrival));
                }
            }
            case ThingEntry.Wishes changed -> wishes = changed;
            case ThingEntry.Forgotten _ -> {
                reported.clear();
                wishes = new ThingEntry.Wishes(new LinkedHashMap<>(), Map.of());
            }
        }
    }

    /// A clock that was ahead and is right again must not wait until its own mistake has passed.
    private void apply(Sample sample, long arrival) {
        long time = Sql.millis(sample.time());
        long rank = Math.min(time, arrival);
        @Nullable Latest before = reported.get(sample.key());
        if (before == null || rank >= before.rank) {
            reported.put(sample.key(), new Latest(sample.value(), time, rank, before == null ? 1 : before.version + 1));
        }
    }
}
