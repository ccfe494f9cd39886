package io.berth.stream.sqlite;

import static io.berth.stream.sqlite.LogBed.CONFIG;
import static io.berth.testing.Refusals.assertRefused;
import static io.berth.testing.SampleEvents.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.berth.core.Payload;
import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.alarm.AlarmBell;
import io.berth.core.message.Event;
import io.berth.stream.DurableLog.Entry;
import io.berth.testing.TestClock;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What happens to the file, and what the log makes of it.
@Timeout(180)
final class SqliteLogFailureTest {
    @TempDir
    Path directory;

    @Test
    void a_torn_end_is_cut_off_with_an_alarm_and_its_offsets_are_not_given_again() throws Exception {
        try (LogBed bed = new LogBed(directory, CONFIG)) {
            bed.append(message("d", "whole")).get();
            bed.append(message("d", "torn off")).get();
            long torn = bed.all(0).getLast().offset();
            bed.log.close();
            damage("torn off");

            bed.reopen();

            assertThat(bed.alarms).containsOnlyKeys(Damage.ALARM);
            assertThat(bed.texts()).containsExactly("whole");
            bed.append(message("d", "later")).get();
            assertThat(bed.texts()).containsExactly("whole", "later");
            assertThat(bed.all(0).getLast().offset()).isGreaterThan(torn);

            bed.reopen();
            assertThat(bed.alarms).isEmpty();
            assertThat(bed.texts()).containsExactly("whole", "later");
        }
    }

    @Test
    void damage_that_only_reading_finds_is_passed_over_with_an_alarm() throws Exception {
        try (LogBed bed = new LogBed(directory, CONFIG)) {
            bed.append(message("d", "first")).get();
            bed.append(message("d", "rotten")).get();
            for (int i = 0; i < 6; i++) {
                bed.append(large(i)).get();
            }
            bed.log.close();
            damage("rotten");

            bed.reopen();
            assertThat(bed.alarms).isEmpty();

            List<Entry> entries = bed.all(0);
            assertThat(entries).hasSize(7);
            assertThat(entries.getFirst().event().deviceName()).isEqualTo("d");
            assertThat(entries.getLast().event().deviceName()).isEqualTo("d5");
            assertThat(bed.alarms).containsOnlyKeys(Damage.ALARM);
        }
    }

    @Test
    void when_the_newest_rows_are_lost_their_offsets_are_not_given_again() throws Exception {
        try (LogBed bed = new LogBed(directory, CONFIG)) {
            bed.append(message("d", "lost")).get();
            long lost = bed.all(0).getLast().offset();
            bed.log.close();
            bed.change("DELETE FROM batch");

            bed.reopen();

            assertThat(bed.log.span(0).first()).isGreaterThan(lost);
            bed.append(message("d", "new")).get();
            assertThat(bed.all(0))
                    .singleElement()
                    .satisfies(entry -> assertThat(entry.offset()).isGreaterThan(lost));
        }
    }

    @Test
    void a_file_begun_anew_goes_on_beyond_the_offsets_of_the_one_before() throws Exception {
        try (LogBed bed = new LogBed(directory, CONFIG)) {
            bed.append(message("d", "old")).get();
            long old = bed.all(0).getLast().offset();
            bed.log.close();
            Files.delete(directory.resolve(LogFile.NAME));
            bed.clock.advance(Duration.ofMinutes(1));

            bed.reopen();

            assertThat(bed.log.span(0).first()).isGreaterThan(old);
        }
    }

    @Test
    void a_file_that_is_no_log_stops_the_start_with_what_to_do() throws Exception {
        Files.writeString(directory.resolve(LogFile.NAME), "no database at all".repeat(1_000));

        assertRefused(
                        Problem.STORAGE_UNAVAILABLE,
                        () -> SqliteLog.open(directory, CONFIG, AlarmBell.SILENT, new TestClock()))
                .hasMessageContaining("damaged or no SQLite database")
                .hasMessageContaining("move it away");
    }

    @Test
    void a_full_disk_refuses_events_rings_keeps_what_is_kept_and_goes_on_with_space() throws Exception {
        try (LogBed bed = new LogBed(directory, CONFIG)) {
            bed.append(message("d", "before")).get();
            bed.fillDisk();

            assertUnavailable(bed.append(large(0)));
            assertThat(bed.alarms.get(LogWriter.ALARM)).contains("full", "free some space");
            // room enough for this one; but nothing is taken before a trial as large as what failed
            assertUnavailable(bed.append(message("d", "small")));
            assertThat(bed.texts()).containsExactly("before");
            assertThat(bed.log.counts().isWritable()).isFalse();

            bed.emptyDisk();
            await().until(() -> bed.log.counts().isWritable() && bed.alarms.isEmpty());
            bed.append(message("d", "after")).get();
            bed.reopen();

            assertThat(bed.texts()).containsExactly("before", "after");
            assertThat(bed.all(0)).extracting(Entry::offset).isSorted().doesNotHaveDuplicates();
        }
    }

    @Test
    void a_disk_that_fills_under_load_acknowledges_exactly_what_it_keeps() throws Exception {
        List<String> kept = new ArrayList<>();
        try (LogBed bed = new LogBed(directory, CONFIG)) {
            List<CompletableFuture<Void>> all = new ArrayList<>();
            for (int i = 0; i < 4_000; i++) {
                if (i % 1_000 == 300) {
                    bed.fillDisk();
                } else if (i % 1_000 == 700) {
                    // pages of an earlier trial are free: many more may fit into them
                    await().pollInterval(Duration.ofMillis(1)).until(() -> {
                        all.add(bed.append(numbered(all.size())));
                        return !bed.log.counts().isWritable();
                    });
                    bed.emptyDisk();
                    await().until(() -> bed.log.counts().isWritable());
                }
                all.add(bed.append(numbered(all.size())));
            }
            for (int i = 0; i < all.size(); i++) {
                if (!isRefused(all.get(i))) {
                    kept.add(text(i));
                }
            }
            // a trial that fits into such pages is followed by another failure
            assertThat(bed.log.counts().failures()).isGreaterThanOrEqualTo(4);
            bed.reopen();
            assertThat(bed.texts()).containsExactlyElementsOf(kept);
        }
    }

    private static Event numbered(int number) {
        return message("d", text(number));
    }

    private static String text(int number) {
        return number + "-" + "x".repeat(1_000);
    }

    @Test
    void events_past_the_retention_go_while_readers_read() throws Exception {
        try (LogBed bed = new LogBed(directory, CONFIG)) {
            for (int i = 0; i < 50; i++) {
                bed.append(message("old", Payload.of("old" + i), bed.clock.instant()))
                        .get();
            }
            bed.reopen(); // so that old ones are read from the file
            AtomicBoolean stop = new AtomicBoolean();
            CompletableFuture<Void> reading = CompletableFuture.runAsync(() -> {
                while (!stop.get()) {
                    assertThat(bed.all(0)).extracting(Entry::offset).isSorted().doesNotHaveDuplicates();
                }
            });
            bed.clock.advance(CONFIG.retention().plusMinutes(1));
            Event young = message("new", Payload.of("young"), bed.clock.instant());
            bed.append(young).get();

            await().until(() -> bed.log.dropped() == 50);
            stop.set(true);
            reading.get();
            assertThat(bed.texts()).containsExactly("young");
            await().until(() -> bed.log.span(0).first() == bed.all(0).getFirst().offset());
            assertThat(bed.log.offsetAt(0, TestClock.START))
                    .isEqualTo(bed.log.span(0).first());
        }
    }

    @Test
    void the_file_stays_within_its_bound_and_the_newest_events_are_the_ones_kept() throws Exception {
        StreamConfig small = new StreamConfig(Duration.ZERO, 16 << 20, 0, 1, Duration.ofDays(1), 4 << 20);
        try (LogBed bed = new LogBed(directory, small)) {
            for (int i = 1; i <= 100; i++) {
                bed.append(large(i)).get();
                if (i % 20 == 0) { // how far behind a step may be is a matter of the machine
                    int most = i - 5;
                    await().until(() -> bed.log.dropped() >= most);
                }
            }
            await().untilAsserted(() -> {
                List<Entry> entries = bed.all(0);
                assertThat(entries).hasSizeBetween(1, 5);
                assertThat(entries.getLast().event().deviceName()).isEqualTo("d100");
                assertThat(bed.log.dropped() + entries.size()).isEqualTo(100);
                assertThat(bed.log.usedBytes()).isLessThanOrEqualTo(small.retentionBytes());
            });

            assertThat(bed.log.appendedBytes()).isGreaterThan(90_000_000);
            // what was dropped made room for what came, and so did what was moved
            assertThat(Files.size(directory.resolve(LogFile.NAME))).isLessThan(60_000_000);
            assertThat(Files.size(directory.resolve(LogFile.NAME + "-wal"))).isLessThan(70_000_000);
        }
    }

    private static Event large(int number) {
        byte[] bytes = new byte[900_000];
        new Random(number).nextBytes(bytes);
        return message(number == 0 ? "d" : "d" + number, Payload.owned(bytes), TestClock.START);
    }

    /// Changes one octet of the file, as a broken disk does.
    private void damage(String content) throws Exception {
        Path file = directory.resolve(LogFile.NAME);
        int place = Files.readString(file, StandardCharsets.ISO_8859_1).lastIndexOf(content);
        assertThat(place).isPositive();
        try (RandomAccessFile octets = new RandomAccessFile(file.toFile(), "rw")) {
            octets.seek(place);
            octets.write('X');
        }
    }

    private static void assertUnavailable(CompletableFuture<Void> append) {
        assertThat(isRefused(append)).isTrue();
    }

    private static boolean isRefused(CompletableFuture<Void> append) {
        try {
            append.get();
            return false;
        } catch (ExecutionException e) {
            assertThat(e.getCause())
                    .isInstanceOfSatisfying(
                            ProblemException.class,
                            refused -> assertThat(refused.problem()).isEqualTo(Problem.STORAGE_UNAVAILABLE));
            return true;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
