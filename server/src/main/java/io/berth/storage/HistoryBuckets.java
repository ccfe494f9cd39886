package io.berth.storage;

import static io.berth.core.ProblemException.require;

import io.berth.core.Value;
import io.berth.core.state.HistoryBucket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/// Gathers the numbers of a history by time. Buckets begin at multiples of their width since 1970, so that
/// neighbouring ranges meet in the same ones. Points come in order of time.
final class HistoryBuckets {
    private static final int MOST = 10_000;

    private final TimeSpan span;
    private final long width;
    private final List<HistoryBucket> full = new ArrayList<>();
    private @Nullable Gathering current;

    HistoryBuckets(TimeSpan span, Duration width) {
        require(width.toMillis() > 0, "a bucket is at least a millisecond wide");
        this.span = span;
        this.width = width.toMillis();
    }

    boolean addHour(List<Timed> points) {
        for (Timed point : points) {
            OptionalDouble number = number(point.value());
            if (span.contains(point.time()) && number.isPresent()) {
                bucket(Math.floorDiv(point.time(), width)).add(number.getAsDouble());
            }
        }
        return true;
    }

    List<HistoryBucket> toList() {
        finish();
        return List.copyOf(full);
    }

    private Gathering bucket(long index) {
        Gathering gathering = current;
        if (gathering == null || gathering.index != index) {
            finish();
            require(full.size() < MOST, "these are more than " + MOST + " buckets: ask for wider ones");
            gathering = new Gathering(index);
            current = gathering;
        }
        return gathering;
    }

    private void finish() {
        if (current != null) {
            full.add(current.toBucket(width));
            current = null;
        }
    }

    private static OptionalDouble number(Value value) {
        return switch (value) {
            case Value.Whole(long number) -> OptionalDouble.of((double) number);
            case Value.Decimal(double number) -> OptionalDouble.of(number);
            case Value.Flag(boolean on) -> OptionalDouble.of(on ? 1 : 0);
            case Value.Text _, Value.Moment _, Value.Items _, Value.Fields _, Value.Nothing _ -> OptionalDouble.empty();
        };
    }

    private static final class Gathering {
        private final long index;
        private long count;
        private double min = Double.POSITIVE_INFINITY;
        private double max = Double.NEGATIVE_INFINITY;
        private double sum;

        Gathering(long index) {
            this.index = index;
        }

        void add(double number) {
            count++;
            min = Math.min(min, number);
            max = Math.max(max, number);
            sum += number;
        }

        HistoryBucket toBucket(long width) {
            return new HistoryBucket(Instant.ofEpochMilli(index * width), count, min, max, sum);
        }
    }
}
