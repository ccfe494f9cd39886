package io.berth.storage;

import static io.berth.storage.Samples.id;
import static io.berth.storage.ThingsOnDisk.sample;
import static io.berth.testing.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.berth.core.Page;
import io.berth.core.Problem;
import io.berth.core.Value;
import io.berth.core.device.DeviceId;
import io.berth.core.state.Facts;
import io.berth.core.state.HistoryBucket;
import io.berth.core.state.HistoryPoint;
import io.berth.core.state.HistoryQuery;
import io.berth.core.state.HistoryQuery.Kind;
import io.berth.core.thing.Occurrence;
import io.berth.core.thing.Sample;
import io.berth.testing.TestClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// Points of days, on pages and in buckets.
@ParameterizedClass
@EnumSource
final class HistoryTest {
    private static final DeviceId D = id("d");
    private static final Instant NOW = TestClock.START;

    private final TestEngine engine;
    private final TestClock clock = new TestClock();

    @TempDir
    Path directory;

    private ThingsOnDisk things;

    HistoryTest(TestEngine engine) {
        this.engine = engine;
    }

    @BeforeEach
    void open() {
        things = new ThingsOnDisk(engine, directory, ThingsOnDisk.CONFIG, clock);
    }

    @AfterEach
    void close() {
        things.close();
    }

    @Test
    void points_of_equal_time_are_all_kept_in_the_order_they_came() {
        things.report(D, sample("t", 1, NOW));
        things.store().fold();
        things.report(D, sample("t", 2, NOW), sample("t", 3, NOW));
        things.store().fold();
        things.report(D, sample("t", 4, NOW));

        assertThat(numbers(pages(false, 10, () -> {}))).containsExactly(1L, 2L, 3L, 4L);
        assertThat(numbers(pages(true, 10, () -> {}))).containsExactly(4L, 3L, 2L, 1L);
    }

    @Test
    void pages_of_every_size_meet_without_gap_or_overlap_in_both_orders_even_while_folds_run() {
        List<Long> expected = reportOverThreeDays();

        for (int limit : new int[] {1, 2, 3, 7, 100}) {
            things.report(id("other"), sample("t", 1, NOW));
            assertThat(numbers(pages(false, limit, things.store()::fold))).isEqualTo(expected);
            assertThat(numbers(pages(true, limit, () -> {}))).isEqualTo(expected.reversed());
        }
    }

    @Test
    void a_range_includes_its_beginning_and_not_its_end() {
        for (int i = 0; i < 5; i++) {
            things.report(D, sample("t", i, NOW.plusMillis(i)));
        }
        things.store().fold();

        HistoryQuery query = query(NOW.plusMillis(1), NOW.plusMillis(3), false, null, 10);
        assertThat(numbers(things.store().history(query).items())).containsExactly(1L, 2L);
        HistoryQuery finer = query(NOW.plusNanos(1), NOW.plusMillis(1).plusNanos(1), false, null, 10);
        assertThat(numbers(things.store().history(finer).items())).containsExactly(1L);
    }

    @Test
    void a_page_that_ends_with_the_last_point_is_the_last() {
        things.report(D, sample("t", 1, NOW), sample("t", 2, NOW));

        assertThat(things.store()
                        .history(query(Instant.MIN, Instant.MAX, false, null, 2))
                        .next())
                .isNull();
        assertThat(things.store()
                        .history(query(Instant.MIN, Instant.MAX, false, null, 1))
                        .next())
                .isNotNull();
    }

    @Test
    void a_cursor_nobody_gave_is_refused() {
        for (String cursor : List.of("", ".", "x.1", "1.", "1", "1.2.3")) {
            assertRefused(
                    Problem.INVALID_ARGUMENT,
                    () -> things.store().history(query(Instant.MIN, Instant.MAX, false, cursor, 1)));
        }
    }

    @Test
    void events_have_a_history_of_their_own() {
        Value.Fields output = Value.Fields.of("code", new Value.Whole(3));
        things.happened(D, new Occurrence("t", output, NOW));
        things.report(D, sample("t", 1, NOW));
        things.store().fold();

        HistoryQuery events =
                new HistoryQuery(D, Kind.EVENT, "t", Instant.MIN, Instant.MAX, true, new Page.Request(null, 10));
        assertThat(things.store().history(events).items()).containsExactly(new HistoryPoint("t", NOW, output));
        assertThat(things.history(D, "t")).hasSize(1);
        assertThat(things.store().state(D).reported()).containsOnlyKeys("t");
    }

    @Test
    void a_day_older_than_the_history_goes_back_is_dropped() {
        things.report(D, sample("t", 1, NOW));
        things.store().fold();
        clock.advance(Duration.ofDays(29));
        things.report(D, sample("t", 2, clock.instant()));
        things.store().fold();
        assertThat(things.history(D, "t")).hasSize(2);

        clock.advance(Duration.ofDays(2));
        things.store().fold();

        assertThat(numbers(things.history(D, "t"))).containsExactly(2L);
        assertThat(days())
                .containsExactly(HistoryTables.dayOf(
                        HistoryChunk.hourOf(NOW.plus(Duration.ofDays(29)).toEpochMilli())));
        things.crash();
        assertThat(numbers(things.history(D, "t"))).containsExactly(2L);
    }

    @Test
    void a_point_older_than_the_history_goes_back_is_not_kept_and_counted() {
        things.report(D, sample("t", 1, NOW.minus(Duration.ofDays(31))), sample("t", 2, Instant.EPOCH));
        things.store().fold();

        assertThat(things.history(D, "t")).isEmpty();
        assertThat(things.store().pointsTooOld()).isEqualTo(2);
        assertThat(days()).isEmpty();
    }

    @Test
    void a_point_of_a_clock_days_ahead_has_the_time_of_its_arrival() {
        things.report(D, sample("t", 1, NOW.plus(Duration.ofDays(400))));
        things.report(D, sample("t", 2, NOW.plus(Duration.ofHours(23))));
        things.store().fold();

        assertThat(things.history(D, "t"))
                .extracting(HistoryPoint::time)
                .containsExactly(NOW, NOW.plus(Duration.ofHours(23)));
    }

    @Test
    void small_additions_join_one_row() {
        for (int i = 0; i < 20; i++) {
            things.report(D, sample("t", i, NOW.plusMillis(i)));
            things.store().fold();
        }

        assertThat(things.history(D, "t")).hasSize(20);
        List<Long> rows =
                things.database().read(sql -> sql.list("SELECT hour FROM thing_history_20261121", Row::number));
        assertThat(rows).hasSize(1);
    }

    @Test
    void buckets_hold_what_counting_by_hand_gives() {
        Random random = new Random(7);
        Map<Long, List<Double>> expected = new TreeMap<>();
        long width = Duration.ofMinutes(7).toMillis();
        Instant from = NOW.plus(Duration.ofHours(3));
        Instant to = NOW.plus(Duration.ofHours(20));
        for (int i = 0; i < 3_000; i++) {
            Instant time = NOW.plusMillis(random.nextInt(86_400_000));
            Value value = random.nextInt(4) == 0
                    ? new Value.Whole(random.nextInt(100))
                    : new Value.Decimal(random.nextInt(1_000) / 10.0);
            var _ = things.appending(Facts.ofSamples(D, List.of(new Sample("t", value, time))));
            if (!time.isBefore(from) && time.isBefore(to)) {
                expected.computeIfAbsent(Math.floorDiv(time.toEpochMilli(), width), _ -> new ArrayList<>())
                        .add(value instanceof Value.Whole(long n) ? (double) n : ((Value.Decimal) value).number());
            }
            if (i % 500 == 499 && i < 2_500) {
                things.store().fold();
            }
        }

        List<HistoryBucket> buckets = things.store().buckets(query(from, to, true, null, 1), Duration.ofMillis(width));

        assertThat(buckets).hasSameSizeAs(expected.keySet());
        int i = 0;
        for (Map.Entry<Long, List<Double>> entry : expected.entrySet()) {
            HistoryBucket bucket = buckets.get(i++);
            var numbers = entry.getValue().stream().mapToDouble(n -> n).summaryStatistics();
            assertThat(bucket.start().toEpochMilli()).isEqualTo(entry.getKey() * width);
            assertThat(bucket.count()).isEqualTo(numbers.getCount());
            assertThat(bucket.min()).isEqualTo(numbers.getMin());
            assertThat(bucket.max()).isEqualTo(numbers.getMax());
            assertThat(bucket.sum()).isCloseTo(numbers.getSum(), within(1e-6));
        }
    }

    @Test
    void a_yes_counts_one_and_a_text_not_at_all() {
        things.report(
                D,
                new Sample("t", new Value.Flag(true), NOW),
                new Sample("t", new Value.Flag(false), NOW),
                new Sample("t", new Value.Text("7"), NOW));

        assertThat(things.store().buckets(query(NOW, NOW.plusMillis(1), false, null, 1), Duration.ofHours(1)))
                .containsExactly(new HistoryBucket(NOW, 2, 0, 1, 1));
    }

    @Test
    void more_buckets_than_anyone_reads_are_refused() {
        Sample[] samples = new Sample[10_001];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = sample("t", i, NOW.plusMillis(i));
        }
        things.report(D, samples);

        assertRefused(
                Problem.INVALID_ARGUMENT,
                () -> things.store().buckets(query(Instant.MIN, Instant.MAX, false, null, 1), Duration.ofMillis(1)));
        assertRefused(
                Problem.INVALID_ARGUMENT,
                () -> things.store().buckets(query(Instant.MIN, Instant.MAX, false, null, 1), Duration.ZERO));
    }

    /// Late, early and at the borders of hours and days, partly folded; the numbers in order of time.
    private List<Long> reportOverThreeDays() {
        Map<Long, Long> byTime = new TreeMap<>();
        Random random = new Random(3);
        long hour = HistoryChunk.HOUR;
        long start = NOW.toEpochMilli() - NOW.toEpochMilli() % (24 * hour);
        for (long i = 0; i < 60; i++) {
            long border = start - 24 * hour + random.nextInt(50) * hour;
            long time = border + random.nextInt(5) - 2;
            if (byTime.putIfAbsent(time, i) == null) {
                things.report(D, sample("t", i, Instant.ofEpochMilli(time)));
            }
            if (i % 13 == 0) {
                things.store().fold();
            }
        }
        return List.copyOf(byTime.values());
    }

    private List<HistoryPoint> pages(boolean newestFirst, int limit, Runnable between) {
        List<HistoryPoint> all = new ArrayList<>();
        @Nullable String cursor = null;
        do {
            Page<HistoryPoint> page =
                    things.store().history(query(Instant.MIN, Instant.MAX, newestFirst, cursor, limit));
            assertThat(page.items()).hasSizeLessThanOrEqualTo(limit);
            all.addAll(page.items());
            cursor = page.next();
            between.run();
        } while (cursor != null);
        return all;
    }

    private List<Long> days() {
        return things.database().read(sql -> sql.list("SELECT day FROM thing_history_day", Row::number));
    }

    private static HistoryQuery query(
            Instant from, Instant to, boolean newestFirst, @Nullable String cursor, int limit) {
        return new HistoryQuery(D, Kind.PROPERTY, "t", from, to, newestFirst, new Page.Request(cursor, limit));
    }

    private static List<Long> numbers(List<HistoryPoint> points) {
        return points.stream()
                .map(point -> ((Value.Whole) point.value()).number())
                .toList();
    }
}
