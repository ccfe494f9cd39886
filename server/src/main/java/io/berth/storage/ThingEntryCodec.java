package io.berth.storage;

import io.berth.binary.ValueCodec;
import io.berth.binary.ValueCodec.Out;
import io.berth.core.Value;
import io.berth.core.state.ThingState.Versioned;
import io.berth.core.thing.Occurrence;
import io.berth.core.thing.Sample;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/// Entries of the journal as bytes. Times are milliseconds, those of a report counted from its arrival, which
/// makes most of them one octet.
final class ThingEntryCodec {
    private static final byte CURRENT_REPORT = 1;
    private static final byte LATE_REPORT = 2;
    private static final byte WISHES = 3;
    private static final byte FORGOTTEN = 4;

    private ThingEntryCodec() {}

    static void write(ThingEntry entry, Out out) {
        switch (entry) {
            case ThingEntry.Report report -> writeReport(report, out);
            case ThingEntry.Wishes wishes -> {
                out.octet(WISHES);
                writeWishes(wishes, out);
            }
            case ThingEntry.Forgotten _ -> out.octet(FORGOTTEN);
        }
    }

    static ThingEntry read(ByteBuffer in) {
        byte tag = in.get();
        return switch (tag) {
            case CURRENT_REPORT -> readReport(in, true);
            case LATE_REPORT -> readReport(in, false);
            case WISHES -> readWishes(in);
            case FORGOTTEN -> new ThingEntry.Forgotten();
            default -> throw new IllegalStateException("no journal entry begins with " + tag);
        };
    }

    static void writeWishes(ThingEntry.Wishes wishes, Out out) {
        out.unsigned(wishes.desired().size());
        wishes.desired().forEach((key, wish) -> {
            out.text(key).signed(Sql.millis(wish.time())).unsigned(wish.version());
            ValueCodec.write(wish.value(), out);
        });
        out.unsigned(wishes.versions().size());
        wishes.versions().forEach((module, version) -> out.text(module).unsigned(version));
    }

    static ThingEntry.Wishes readWishes(ByteBuffer in) {
        SequencedMap<String, Versioned> desired = new LinkedHashMap<>();
        for (long left = ValueCodec.unsigned(in); left > 0; left--) {
            String key = ValueCodec.text(in);
            Instant time = Instant.ofEpochMilli(ValueCodec.signed(in));
            long version = ValueCodec.unsigned(in);
            desired.put(key, new Versioned(ValueCodec.read(in), time, version));
        }
        Map<String, Long> versions = new LinkedHashMap<>();
        for (long left = ValueCodec.unsigned(in); left > 0; left--) {
            versions.put(ValueCodec.text(in), ValueCodec.unsigned(in));
        }
        return new ThingEntry.Wishes(desired, versions);
    }

    private static void writeReport(ThingEntry.Report report, Out out) {
        long arrival = Sql.millis(report.arrival());
        out.octet(report.current() ? CURRENT_REPORT : LATE_REPORT).signed(arrival);
        out.unsigned(report.samples().size());
        for (Sample sample : report.samples()) {
            out.text(sample.key()).signed(Sql.millis(sample.time()) - arrival);
            ValueCodec.write(sample.value(), out);
        }
        out.unsigned(report.occurrences().size());
        for (Occurrence occurrence : report.occurrences()) {
            out.text(occurrence.key()).signed(Sql.millis(occurrence.time()) - arrival);
            ValueCodec.write(occurrence.output(), out);
        }
    }

    private static ThingEntry.Report readReport(ByteBuffer in, boolean current) {
        long arrival = ValueCodec.signed(in);
        List<Sample> samples = new ArrayList<>();
        for (long left = ValueCodec.unsigned(in); left > 0; left--) {
            String key = ValueCodec.text(in);
            Instant time = Instant.ofEpochMilli(arrival + ValueCodec.signed(in));
            samples.add(new Sample(key, ValueCodec.read(in), time));
        }
        List<Occurrence> occurrences = new ArrayList<>();
        for (long left = ValueCodec.unsigned(in); left > 0; left--) {
            String key = ValueCodec.text(in);
            Instant time = Instant.ofEpochMilli(arrival + ValueCodec.signed(in));
            occurrences.add(new Occurrence(key, (Value.Fields) ValueCodec.read(in), time));
        }
        return new ThingEntry.Report(Instant.ofEpochMilli(arrival), samples, occurrences, current);
    }
}
