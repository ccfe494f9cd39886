package io.berth.storage;

import io.berth.binary.ValueCodec;
import io.berth.binary.ValueCodec.Out;
import io.berth.core.Payload;
import io.berth.core.state.HistoryQuery.Kind;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/// Points of one thing that fall into one hour, a column for each series. One thread at a time.
///
/// No chunk crosses an hour: whoever wants points in order of time sorts an hour of one thing, never more,
/// although points come late and chunks overlap. Equal times keep the order of their coming.
final class HistoryChunk {
    static final long HOUR = 3_600_000;

    private static final byte FORMAT = 1;
    private static final int PROPERTY = 0;
    private static final int EVENT = 1;
    private static final int SAME_TIMES = 2;

    private final long hour;
    private final SequencedMap<Series, List<Timed>> columns = new LinkedHashMap<>();

    /// @param hour since 1970
    HistoryChunk(long hour) {
        this.hour = hour;
    }

    static long hourOf(long time) {
        return Math.floorDiv(time, HOUR);
    }

    void add(Series series, Timed point) {
        columns.computeIfAbsent(series, _ -> new ArrayList<>()).add(point);
    }

    long hour() {
        return hour;
    }

    /// All points of the series that came into the chunk, by time.
    List<Timed> points(Series series) {
        return columns.getOrDefault(series, List.of()).stream()
                .sorted(Timed.BY_TIME)
                .toList();
    }

    /// Properties reported together share their times: only the first of them writes them down.
    Payload encode() {
        Out out = new Out();
        out.octet(FORMAT).unsigned(columns.size());
        long[] before = {};
        for (var column : columns.entrySet()) {
            List<Timed> points = column.getValue();
            points.sort(Timed.BY_TIME);
            long[] times = points.stream().mapToLong(Timed::time).toArray();
            boolean same = Arrays.equals(times, before);
            int kind = column.getKey().kind() == Kind.EVENT ? EVENT : PROPERTY;
            Out values = new Out();
            HistoryColumn.writeValues(points, values);
            out.octet(same ? kind | SAME_TIMES : kind).text(column.getKey().key());
            if (!same) {
                out.unsigned(times.length);
                HistoryColumn.writeTimes(times, hour * HOUR, out);
            }
            out.unsigned(values.size()).append(values);
            before = times;
        }
        return out.toPayload();
    }

    /// Adds what an encoded chunk of the same hour holds.
    void addAll(Payload encoded) {
        read(encoded, (series, times, values) -> {
            List<Timed> column = columns.computeIfAbsent(series, _ -> new ArrayList<>());
            HistoryColumn.readValues(values, times, column);
        });
    }

    /// Adds what an encoded chunk of the same hour holds of one series.
    void addAll(Payload encoded, Series wanted) {
        read(encoded, (series, times, values) -> {
            if (series.equals(wanted)) {
                List<Timed> column = columns.computeIfAbsent(series, _ -> new ArrayList<>());
                HistoryColumn.readValues(values, times, column);
            }
        });
    }

    @FunctionalInterface
    private interface ColumnVisitor {
        void visit(Series series, long[] times, ByteBuffer values);
    }

    private void read(Payload encoded, ColumnVisitor visitor) {
        ByteBuffer in = encoded.buffer();
        byte format = in.get();
        if (format != FORMAT) {
            throw new IllegalStateException("no chunk of history begins with " + format);
        }
        long[] times = {};
        for (long left = ValueCodec.unsigned(in); left > 0; left--) {
            int head = in.get();
            Series series = new Series((head & EVENT) == 0 ? Kind.PROPERTY : Kind.EVENT, ValueCodec.text(in));
            if ((head & SAME_TIMES) == 0) {
                times = HistoryColumn.readTimes(in, (int) ValueCodec.unsigned(in), hour * HOUR);
            }
            int length = (int) ValueCodec.unsigned(in);
            int end = in.position() + length;
            visitor.visit(series, times, in);
            in.position(end);
        }
    }
}
