package io.berth.storage;

import static io.berth.storage.Samples.id;
import static org.assertj.core.api.Assertions.assertThat;

import io.berth.core.Value;
import io.berth.core.device.DeviceId;
import io.berth.core.state.ThingState.Versioned;
import io.berth.core.thing.Sample;
import io.berth.testing.TestClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tuple;

/// However reports, folds, crashes and removals follow one another, the store says what a list in memory says.
final class ThingReplayPropertyTest {
    sealed interface Step {
        record Report(int device, long value, int secondsAgo, boolean current) implements Step {}

        record Forget(int device) implements Step {}

        record Fold() implements Step {}

        record Crash() implements Step {}

        /// Between the last slice of a fold and the end of its journal rows.
        record CrashInFold() implements Step {}
    }

    @Property(tries = 40, shrinking = ShrinkingMode.BOUNDED)
    void whatever_happens_nothing_is_lost_and_nothing_counts_twice(@ForAll("steps") List<Step> steps)
            throws IOException {
        Path directory = Files.createTempDirectory("berth-replay");
        try (ThingsOnDisk things =
                new ThingsOnDisk(TestEngine.SQLITE, directory, ThingsOnDisk.CONFIG, new TestClock())) {
            Expected expected = new Expected();
            for (Step step : steps) {
                run(things, expected, step);
            }
            for (int device = 0; device < 3; device++) {
                DeviceId id = id("d" + device);
                assertThat(things.store().state(id).reported()).isEqualTo(expected.reported(device));
                assertThat(things.history(id, "t"))
                        .extracting(point -> new Timed(point.time().toEpochMilli(), point.value()))
                        .isEqualTo(expected.history(device));
            }
        } finally {
            delete(directory);
        }
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        Arbitrary<Integer> devices = Arbitraries.integers().between(0, 2);
        Arbitrary<Step> reports = Combinators.combine(
                        devices,
                        Arbitraries.longs().between(0, 9),
                        Arbitraries.integers().between(0, 5_000),
                        Arbitraries.of(true, true, false))
                .as(Step.Report::new);
        return Arbitraries.frequencyOf(
                        Tuple.of(12, reports),
                        Tuple.of(1, devices.map(Step.Forget::new)),
                        Tuple.of(3, Arbitraries.create(Step.Fold::new)),
                        Tuple.of(1, Arbitraries.create(Step.Crash::new)),
                        Tuple.of(1, Arbitraries.create(Step.CrashInFold::new)))
                .list()
                .ofMinSize(10)
                .ofMaxSize(60);
    }

    private static void run(ThingsOnDisk things, Expected expected, Step step) {
        switch (step) {
            case Step.Report report -> {
                Sample sample = ThingsOnDisk.sample("t", report.value, TestClock.START.minusSeconds(report.secondsAgo));
                if (report.current) {
                    things.report(id("d" + report.device), sample);
                } else {
                    things.reportLate(id("d" + report.device), sample);
                }
                expected.reports.add(report);
            }
            case Step.Forget(int device) -> {
                things.store().forget(id("d" + device));
                expected.reports.removeIf(report -> report.device == device);
            }
            case Step.Fold _ -> things.store().fold();
            case Step.Crash _ -> things.crash();
            case Step.CrashInFold _ -> {
                Database database = things.database();
                database.change("", sql -> sql.update("CREATE TABLE saved AS SELECT * FROM thing_journal"));
                things.store().fold();
                database.change("", sql -> {
                    sql.update("INSERT INTO thing_journal SELECT * FROM saved");
                    sql.update("DROP TABLE saved");
                });
                things.crash();
            }
        }
    }

    /// The same by hand.
    private static final class Expected {
        private final List<Step.Report> reports = new ArrayList<>();

        Map<String, Versioned> reported(int device) {
            Map<String, Versioned> newest = new HashMap<>();
            for (Step.Report report : reports) {
                Instant time = TestClock.START.minusSeconds(report.secondsAgo);
                Versioned before = newest.get("t");
                if (report.device == device && report.current && (before == null || !time.isBefore(before.time()))) {
                    long version = before == null ? 1 : before.version() + 1;
                    newest.put("t", new Versioned(new Value.Whole(report.value), time, version));
                }
            }
            return newest;
        }

        List<Timed> history(int device) {
            return reports.stream()
                    .filter(report -> report.device == device)
                    .map(report -> new Timed(
                            TestClock.START.minusSeconds(report.secondsAgo).toEpochMilli(),
                            new Value.Whole(report.value)))
                    .sorted(Timed.BY_TIME)
                    .toList();
        }
    }

    private static void delete(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
