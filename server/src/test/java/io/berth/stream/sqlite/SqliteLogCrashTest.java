package io.berth.stream.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.core.Payload;
import io.berth.core.alarm.AlarmBell;
import io.berth.core.message.Event;
import io.berth.stream.DurableLog.Entry;
import io.berth.testing.SampleEvents;
import io.berth.testing.TestClock;
import java.io.BufferedReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Kills a process that appends, without warning, and looks for everything it had been told is kept.
@Tag("slow")
@Timeout(300)
final class SqliteLogCrashTest {
    private static final int KILLS = 3;

    @TempDir
    Path directory;

    @RepeatedTest(2)
    void whatever_was_acknowledged_survives_sigkill_in_order_and_under_offsets_of_its_own() throws Exception {
        List<Long> acknowledged = new ArrayList<>();
        for (int kill = 0; kill < KILLS; kill++) {
            acknowledged.addAll(runAndKill(kill * 10_000_000, 200 + new Random().nextInt(4_000)));
        }
        List<Entry> entries;
        try (LogBed bed = new LogBed(directory, LogBed.CONFIG)) {
            entries = bed.all(0);
            assertThat(bed.alarms).isEmpty();
        }

        Set<Long> kept = new HashSet<>();
        entries.forEach(entry -> kept.add(number(entry.event())));
        assertThat(kept).containsAll(acknowledged).hasSameSizeAs(entries);
        assertThat(entries).extracting(Entry::offset).isSorted().doesNotHaveDuplicates();
        assertThat(entries.stream().map(entry -> number(entry.event()))).isSorted();
    }

    /// What the process said is kept before it was killed.
    private List<Long> runAndKill(int first, int after) throws Exception {
        Process appender = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Appender.class.getName(),
                        directory.toString(),
                        Integer.toString(first))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        List<Long> acknowledged = new ArrayList<>();
        try (BufferedReader lines = appender.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith(Appender.KEPT) && line.endsWith(".")) {
                    acknowledged.add(Long.parseLong(line.substring(Appender.KEPT.length(), line.length() - 1)));
                }
                if (acknowledged.size() == after) {
                    // by its handle: killed through the Process, its output would be closed too
                    appender.toHandle().destroyForcibly();
                }
            }
        }
        assertThat(appender.waitFor()).isEqualTo(128 + 9);
        assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(after);
        return acknowledged;
    }

    private static long number(Event event) {
        return Long.parseLong(SampleEvents.text(event).strip());
    }

    /// The process that is killed: prints the number of each event once it is acknowledged.
    static final class Appender {
        static final String KEPT = "kept: ";

        private Appender() {}

        public static void main(String[] arguments) throws InterruptedException {
            SqliteLog log = SqliteLog.open(Path.of(arguments[0]), LogBed.CONFIG, AlarmBell.SILENT, new TestClock());
            // large enough that the write-ahead log is moved while it runs
            String filler = " ".repeat(10_000);
            Semaphore inFlight = new Semaphore(500);
            for (int number = Integer.parseInt(arguments[1]); ; number++) {
                String line = KEPT + number + ".";
                inFlight.acquire();
                log.append(SampleEvents.message("d", Payload.of(number + filler), TestClock.START), failure -> {
                    inFlight.release();
                    if (failure == null) {
                        System.out.println(line);
                    }
                });
            }
        }
    }
}
