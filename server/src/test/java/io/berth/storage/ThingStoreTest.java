package io.berth.storage;

import static io.berth.storage.Samples.await;
import static io.berth.storage.Samples.id;
import static io.berth.storage.ThingsOnDisk.sample;
import static io.berth.testing.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.Value;
import io.berth.core.device.DeviceId;
import io.berth.core.state.Facts;
import io.berth.core.state.ThingState;
import io.berth.core.state.ThingState.Versioned;
import io.berth.core.thing.Sample;
import io.berth.testing.TestClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// Newest values and wishes: what counts, and that it stays.
@ParameterizedClass
@EnumSource
final class ThingStoreTest {
    private static final DeviceId D = id("d");
    private static final Instant NOW = TestClock.START;

    private final TestEngine engine;
    private final TestClock clock = new TestClock();

    @TempDir
    Path directory;

    private ThingsOnDisk things;

    ThingStoreTest(TestEngine engine) {
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
    void a_report_is_seen_at_once_and_before_it_is_durable() {
        CompletableFuture<Void> durable = things.appending(Facts.ofSamples(D, List.of(sample("t", 21, NOW))));

        assertThat(reported("t")).isEqualTo(whole(21, NOW, 1));
        await(durable);
    }

    @Test
    void nothing_is_known_of_a_device_that_never_reported() {
        assertThat(things.store().state(D)).isEqualTo(ThingState.EMPTY);
    }

    @Test
    void versions_count_the_values_of_each_property_through_folds_and_crashes() {
        things.report(D, sample("t", 1, NOW), sample("u", 1, NOW));
        things.store().fold();
        things.report(D, sample("t", 2, NOW));
        things.crash();
        things.report(D, sample("t", 3, NOW));
        things.store().fold();
        things.crash();

        assertThat(reported("t")).isEqualTo(whole(3, NOW, 3));
        assertThat(reported("u")).isEqualTo(whole(1, NOW, 1));
    }

    @Test
    void values_of_every_kind_come_back_as_they_were() {
        Value.Fields all = new Value.Fields(Map.of(
                "whole", new Value.Whole(Long.MIN_VALUE),
                "decimal", new Value.Decimal(-0.0),
                "text", new Value.Text("温度 \0 🚢"),
                "flag", new Value.Flag(true),
                "moment", new Value.Moment(NOW),
                "items", new Value.Items(List.of(new Value.Whole(1), Value.Nothing.NOTHING)),
                "fields", Value.Fields.NONE));
        things.report(D, new Sample("all", all, NOW));
        things.store().fold();
        things.crash();

        assertThat(reported("all").value()).isEqualTo(all);
        assertThat(things.history(D, "all")).singleElement().returns(all, point -> point.value());
    }

    @Test
    void an_older_value_enters_the_history_and_leaves_the_newest_alone() {
        things.report(D, sample("t", 2, NOW));
        things.report(D, sample("t", 1, NOW.minusSeconds(1)));

        assertThat(reported("t")).isEqualTo(whole(2, NOW, 1));
        assertThat(things.history(D, "t"))
                .extracting(point -> point.value())
                .containsExactly(new Value.Whole(1), new Value.Whole(2));
    }

    @Test
    void a_value_kept_back_enters_the_history_only() {
        things.reportLate(D, sample("t", 1, NOW));
        things.store().fold();
        things.crash();

        assertThat(things.store().state(D).reported()).isEmpty();
        assertThat(things.history(D, "t")).hasSize(1);
    }

    @Test
    void a_clock_that_was_ahead_does_not_keep_later_values_out() {
        Instant ahead = NOW.plus(Duration.ofHours(20));
        things.report(D, sample("t", 1, ahead));
        things.store().fold();
        assertThat(reported("t")).isEqualTo(whole(1, ahead, 1));

        clock.advance(Duration.ofSeconds(1));
        things.report(D, sample("t", 2, clock.instant()));

        assertThat(reported("t")).isEqualTo(whole(2, clock.instant(), 2));
    }

    @Test
    void times_beyond_all_reason_do_no_harm() {
        things.report(D, sample("t", 1, Instant.MAX), sample("u", 1, Instant.MIN));
        things.report(D, sample("t", 2, NOW), sample("u", 2, NOW));
        things.store().fold();
        things.crash();

        assertThat(reported("t")).isEqualTo(whole(2, NOW, 2));
        assertThat(reported("u")).isEqualTo(whole(2, NOW, 2));
    }

    @Test
    void wishes_are_durable_and_counted() {
        want("t", new Value.Whole(5));
        want("t", new Value.Whole(6));
        things.crash();
        want("lamp:on", new Value.Flag(true));
        things.store().fold();
        things.crash();
        want("t", Value.Nothing.NOTHING);
        things.report(D, sample("t", 1, NOW));

        ThingState state = things.store().state(D);
        assertThat(state.desired().get("t")).isEqualTo(new Versioned(Value.Nothing.NOTHING, NOW, 3));
        assertThat(state.desired().get("lamp:on")).isEqualTo(new Versioned(new Value.Flag(true), NOW, 1));
        assertThat(state.version("")).isEqualTo(3);
        assertThat(state.version("lamp")).isEqualTo(1);
        assertThat(reported("t")).isEqualTo(whole(1, NOW, 1));
    }

    @Test
    void a_change_that_throws_changes_nothing() {
        want("t", new Value.Whole(5));
        ThingState before = things.store().state(D);

        assertRefused(
                Problem.VERSION_CONFLICT,
                () -> things.store().change(D, _ -> {
                    throw new ProblemException(Problem.VERSION_CONFLICT, "no");
                }));

        assertThat(things.store().state(D)).isEqualTo(before);
    }

    @Test
    void changes_of_one_thing_do_not_meet() throws InterruptedException {
        List<Thread> wishers = IntStream.range(0, 8)
                .mapToObj(_ -> Thread.ofVirtual()
                        .start(() -> IntStream.range(0, 20).forEach(i -> want("t", new Value.Whole(i)))))
                .toList();
        for (Thread wisher : wishers) {
            wisher.join();
        }

        assertThat(things.store().state(D).version("")).isEqualTo(160);
    }

    @Test
    void a_forgotten_device_leaves_nothing_to_one_of_its_name() {
        things.report(D, sample("t", 1, NOW));
        things.store().fold();
        things.report(D, sample("t", 2, NOW));
        want("t", new Value.Whole(5));

        things.store().forget(D);

        assertNothingIsKnown();
        things.crash();
        assertNothingIsKnown();
        things.store().fold();
        assertNothingIsKnown();
        assertThat(rows("SELECT COUNT(*) FROM thing_state")).isZero();
        assertThat(rows("SELECT COUNT(*) FROM thing_history_20261121")).isZero();
    }

    @Test
    void a_device_created_anew_begins_anew() {
        things.report(D, sample("t", 1, NOW));
        things.store().fold();
        things.store().forget(D);
        things.report(D, sample("t", 7, NOW.minusSeconds(60)));
        things.crash();
        things.store().fold();

        assertThat(reported("t")).isEqualTo(whole(7, NOW.minusSeconds(60), 1));
        assertThat(things.history(D, "t")).hasSize(1);
    }

    @Test
    void a_fold_empties_the_journal() {
        things.report(D, sample("t", 1, NOW));
        assertThat(rows("SELECT COUNT(*) FROM thing_journal")).isOne();

        things.store().fold();

        assertThat(rows("SELECT COUNT(*) FROM thing_journal")).isZero();
        assertThat(things.store().pendingBytes()).isZero();
    }

    @Test
    void entries_that_were_folded_already_count_once_when_a_crash_leaves_them_in_the_journal() {
        things.report(D, sample("t", 1, NOW));
        things.report(D, sample("t", 2, NOW));
        things.database().change("", sql -> sql.update("CREATE TABLE saved AS SELECT * FROM thing_journal"));
        things.store().fold();
        things.database().change("", sql -> sql.update("INSERT INTO thing_journal SELECT * FROM saved"));
        things.crash();
        things.report(D, sample("t", 3, NOW));
        things.store().fold();
        things.crash();

        assertThat(reported("t")).isEqualTo(whole(3, NOW, 3));
        assertThat(things.history(D, "t")).hasSize(3);
    }

    @Test
    void a_fold_that_fails_is_made_up_for() {
        things.report(D, sample("t", 1, NOW));
        things.database().change("", sql -> sql.update("ALTER TABLE thing_state RENAME TO away"));
        assertRefused(Problem.STORAGE_UNAVAILABLE, () -> things.store().fold());
        things.report(D, sample("t", 2, NOW));
        things.database().change("", sql -> sql.update("ALTER TABLE away RENAME TO thing_state"));

        things.store().fold();
        things.crash();

        assertThat(reported("t")).isEqualTo(whole(2, NOW, 2));
        assertThat(things.history(D, "t")).hasSize(2);
    }

    /// The connection broke between the commit and its answer: another process stands for that commit here.
    @Test
    void a_fold_that_was_committed_after_all_counts_once() {
        things.report(D, sample("t", 1, NOW));
        assertThat(reported("t").version()).isOne(); // from here the row is in memory: the fold fails when it writes
        things.database().change("", sql -> sql.update("ALTER TABLE thing_state RENAME TO away"));
        assertRefused(Problem.STORAGE_UNAVAILABLE, () -> things.store().fold());
        things.database().change("", sql -> sql.update("ALTER TABLE away RENAME TO thing_state"));
        try (SqlThingStore other = SqlThingStore.open(things.database(), ThingsOnDisk.CONFIG, clock)) {
            other.fold();
        }
        things.report(D, sample("t", 2, NOW));

        things.store().fold();
        things.crash();

        assertThat(reported("t")).isEqualTo(whole(2, NOW, 2));
        assertThat(things.history(D, "t")).hasSize(2);
    }

    @Test
    void many_devices_fold_in_slices() {
        for (int i = 0; i < 1_000; i++) {
            var _ = things.appending(Facts.ofSamples(id("n" + i), List.of(sample("t", i, NOW))));
        }
        things.report(D, sample("t", 1, NOW));
        things.store().fold();
        things.crash();

        assertThat(IntStream.range(0, 1_000))
                .allSatisfy(i -> assertThat(
                                things.store().state(id("n" + i)).reported().get("t"))
                        .isEqualTo(whole(i, NOW, 1)));
    }

    @Test
    void memory_lets_go_of_things_beyond_its_bound() {
        things.close();
        ThingStateConfig small = new ThingStateConfig(Duration.ofHours(1), 16 << 20, 1 << 20, Duration.ofDays(30), 3);
        things = new ThingsOnDisk(engine, directory, small, clock);
        for (int round = 1; round <= 2; round++) {
            for (int i = 0; i < 10; i++) {
                things.report(id("n" + i), sample("t", i, NOW));
            }
            things.store().fold();
            assertThat(things.store().remembered()).isLessThanOrEqualTo(3);
        }

        assertThat(IntStream.range(0, 10))
                .allSatisfy(i -> assertThat(
                                things.store().state(id("n" + i)).reported().get("t"))
                        .isEqualTo(whole(i, NOW, 2)));
        assertThat(things.store().remembered()).isLessThanOrEqualTo(3);
    }

    @Test
    void more_reports_than_may_wait_are_refused() {
        CountDownLatch writerIsFree = new CountDownLatch(1);
        var _ = things.database().submitChange(ThingJournal.LANE, _ -> await(writerIsFree));
        List<CompletableFuture<Void>> reports = IntStream.range(0, 20)
                .mapToObj(_ -> things.appending(Facts.ofSamples(
                        D, List.of(new Sample("t", new Value.Text("x".repeat(100_000)), NOW)))))
                .toList();

        assertThat(things.store().waitingBytes()).isGreaterThan(1 << 20);
        assertRefused(Problem.OVERLOADED, () -> await(reports.getLast()));
        writerIsFree.countDown();
        await(reports.getFirst());
        assertThat(reported("t").version())
                .isEqualTo(reports.stream()
                        .filter(report -> !report.isCompletedExceptionally())
                        .count());
    }

    private void want(String key, Value value) {
        things.store().change(D, state -> state.withDesired(Value.Fields.of(key, value), clock.instant()));
    }

    private void assertNothingIsKnown() {
        assertThat(things.store().state(D)).isEqualTo(ThingState.EMPTY);
        assertThat(things.history(D, "t")).isEmpty();
    }

    private Versioned reported(String key) {
        return Objects.requireNonNull(things.store().state(D).reported().get(key));
    }

    private long rows(String count) {
        return things.database().read(sql -> sql.one(count, Row::number)).orElseThrow();
    }

    private static Versioned whole(long value, Instant time, long version) {
        return new Versioned(new Value.Whole(value), time, version);
    }
}
