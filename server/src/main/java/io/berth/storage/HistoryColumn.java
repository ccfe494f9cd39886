package io.berth.storage;

import io.berth.binary.ValueCodec;
import io.berth.binary.ValueCodec.Out;
import io.berth.core.Value;
import java.nio.ByteBuffer;
import java.util.List;

/// Times and values of one series as few octets. Times of a steady reporter differ by a steady step, so the
/// change of the step is written; whole numbers as differences; decimals as whole numbers when a few digits
/// after the point say them exactly; anything else as runs of equal values.
final class HistoryColumn {
    private static final byte RUNS = 0;
    private static final byte WHOLE = 1;
    private static final byte DECIMAL = 2;
    /// Beyond this many digits eight octets are as short.
    private static final int MOST_DIGITS = 9;

    private static final byte SCALED = 3;
    private static final double[] POWERS = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9};
    /// Doubles are exact for whole numbers up to here.
    private static final double EXACT = 1L << 53;

    private HistoryColumn() {}

    static void writeTimes(long[] times, long start, Out out) {
        long before = start;
        long step = 0;
        for (long time : times) {
            out.signed(time - before - step);
            step = time - before;
            before = time;
        }
    }

    static long[] readTimes(ByteBuffer in, int count, long start) {
        long[] times = new long[count];
        long before = start;
        long step = 0;
        for (int i = 0; i < count; i++) {
            step += ValueCodec.signed(in);
            before += step;
            times[i] = before;
        }
        return times;
    }

    static void writeValues(List<Timed> points, Out out) {
        if (points.stream().allMatch(point -> point.value() instanceof Value.Whole)) {
            out.octet(WHOLE);
            writeDifferences(
                    points.stream()
                            .mapToLong(point -> ((Value.Whole) point.value()).number())
                            .toArray(),
                    out);
        } else if (points.stream().allMatch(point -> point.value() instanceof Value.Decimal)) {
            writeDecimals(
                    points.stream()
                            .mapToDouble(point -> ((Value.Decimal) point.value()).number())
                            .toArray(),
                    out);
        } else {
            out.octet(RUNS);
            writeRuns(points, out);
        }
    }

    /// Adds a point for each time.
    static void readValues(ByteBuffer in, long[] times, List<Timed> points) {
        byte tag = in.get();
        switch (tag) {
            case WHOLE -> {
                long number = 0;
                for (long time : times) {
                    number += ValueCodec.signed(in);
                    points.add(new Timed(time, new Value.Whole(number)));
                }
            }
            case SCALED -> {
                double power = POWERS[in.get()];
                long number = 0;
                for (long time : times) {
                    number += ValueCodec.signed(in);
                    points.add(new Timed(time, new Value.Decimal(number / power)));
                }
            }
            case DECIMAL -> {
                for (long time : times) {
                    points.add(new Timed(time, new Value.Decimal(in.getDouble())));
                }
            }
            case RUNS -> readRuns(in, times, points);
            default -> throw new IllegalStateException("no column of history begins with " + tag);
        }
    }

    private static void writeDifferences(long[] numbers, Out out) {
        long before = 0;
        for (long number : numbers) {
            out.signed(number - before);
            before = number;
        }
    }

    private static void writeDecimals(double[] numbers, Out out) {
        int digits = digits(numbers);
        if (digits <= MOST_DIGITS) {
            out.octet(SCALED).octet(digits);
            long[] scaled = new long[numbers.length];
            for (int i = 0; i < numbers.length; i++) {
                scaled[i] = (long) Math.rint(numbers[i] * POWERS[digits]);
            }
            writeDifferences(scaled, out);
        } else {
            out.octet(DECIMAL);
            for (double number : numbers) {
                out.eight(Double.doubleToRawLongBits(number));
            }
        }
    }

    /// The fewest digits after the point that say all numbers exactly; too many when none do.
    private static int digits(double[] numbers) {
        int digits = 0;
        for (int i = 0; i < numbers.length && digits <= MOST_DIGITS; i++) {
            if (!isExact(numbers[i], digits)) {
                digits++;
                i = -1; // the numbers before may need other digits than more
            }
        }
        return digits;
    }

    private static boolean isExact(double number, int digits) {
        double scaled = Math.rint(number * POWERS[digits]);
        return Math.abs(scaled) <= EXACT
                && Double.doubleToRawLongBits((long) scaled / POWERS[digits]) == Double.doubleToRawLongBits(number);
    }

    private static void writeRuns(List<Timed> points, Out out) {
        for (int from = 0; from < points.size(); ) {
            Value value = points.get(from).value();
            int to = from + 1;
            while (to < points.size() && points.get(to).value().equals(value)) {
                to++;
            }
            out.unsigned(to - from);
            ValueCodec.write(value, out);
            from = to;
        }
    }

    private static void readRuns(ByteBuffer in, long[] times, List<Timed> points) {
        for (int from = 0; from < times.length; ) {
            int to = from + (int) ValueCodec.unsigned(in);
            Value value = ValueCodec.read(in);
            for (; from < to; from++) {
                points.add(new Timed(times[from], value));
            }
        }
    }
}
