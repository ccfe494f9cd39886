package io.berth.storage;

import static io.berth.storage.Samples.NOW;
import static io.berth.storage.Samples.await;
import static io.berth.storage.Samples.device;
import static io.berth.storage.Samples.id;
import static io.berth.storage.Samples.product;
import static org.assertj.core.api.Assertions.assertThat;

import io.berth.core.Page;
import io.berth.core.Payload;
import io.berth.core.Slice;
import io.berth.core.Value;
import io.berth.core.device.DeviceCondition;
import io.berth.core.message.Letter;
import io.berth.core.session.SessionStore.StoredMessage;
import io.berth.core.state.Facts;
import io.berth.core.state.HistoryPoint;
import io.berth.core.state.HistoryQuery;
import io.berth.core.state.HistoryQuery.Kind;
import io.berth.core.state.ThingState;
import io.berth.core.state.ThingState.Versioned;
import io.berth.core.thing.Sample;
import java.io.BufferedReader;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Kills a process that writes, without warning, and looks for everything it had been told is stored.
@Tag("slow")
@Timeout(120)
final class DurabilityTest {
    private static final int ACKNOWLEDGED = 2_000;

    @TempDir
    Path directory;

    @ParameterizedTest
    @EnumSource
    void whatever_was_acknowledged_survives_sigkill(TestEngine engine) throws Exception {
        String url = engine.newDatabase(directory);
        Process writer = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Writer.class.getName(),
                        directory.toString(),
                        url)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        List<String> acknowledged = new ArrayList<>();
        try (BufferedReader lines = writer.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith(Writer.STORED)) {
                    acknowledged.add(line);
                }
                if (acknowledged.size() == ACKNOWLEDGED) {
                    // by its handle: killed through the Process, its output would be closed too
                    writer.toHandle().destroyForcibly();
                }
            }
        }
        assertThat(writer.waitFor()).isEqualTo(128 + 9);
        // the last line may be torn by the kill
        acknowledged.removeLast();

        assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(ACKNOWLEDGED - 1);
        assertThat(stored(url)).containsAll(acknowledged);
    }

    private Set<String> stored(String url) {
        Set<String> stored = new HashSet<>();
        try (Storage storage = Writer.open(directory, url)) {
            storage.devices()
                    .find(DeviceCondition.ofProduct("pk"), new Slice(Slice.Order.NAME, null, 0, 1000))
                    .items()
                    .forEach(device ->
                            stored.add(Writer.STORED + "device " + device.id().name()));
            for (StoredMessage message : await(storage.sessions().messages(id("d"), 0, 1_000_000))) {
                stored.add(
                        Writer.STORED + "message " + message.letter().payload().text());
            }
            ThingState state = storage.things().state(id("d"));
            for (HistoryPoint point : history(storage)) {
                stored.add(Writer.report(((Value.Whole) point.value()).number()));
            }
            assertThat(state.reported().get("t"))
                    .as("as many values as points")
                    .isNotNull()
                    .returns((long) history(storage).size(), Versioned::version);
        }
        return stored;
    }

    private static List<HistoryPoint> history(Storage storage) {
        List<HistoryPoint> points = new ArrayList<>();
        String cursor = null;
        do {
            Page<HistoryPoint> page = storage.things()
                    .history(new HistoryQuery(
                            id("d"),
                            Kind.PROPERTY,
                            "t",
                            NOW,
                            NOW.plusMillis(1),
                            false,
                            new Page.Request(cursor, 1000)));
            points.addAll(page.items());
            cursor = page.next();
        } while (cursor != null);
        return points;
    }

    /// The process that is killed: prints each write once it is acknowledged.
    static final class Writer {
        /// Tells its lines from those of the log.
        static final String STORED = "stored: ";

        /// Folds all the time, so that the kill falls into one.
        private static final ThingStateConfig THINGS =
                new ThingStateConfig(Duration.ofMillis(100), 16 << 20, 4 << 20, Duration.ofDays(30), 10);

        private Writer() {}

        static Storage open(Path directory, String url) {
            StorageConfig config =
                    new StorageConfig(url, "", "", 1, 2, 1_000, 10, 1_000_000, 10, 10, 10, 500_000, THINGS);
            return Storage.open(config, directory, MasterKey.load(directory, Samples.KEY), () -> NOW);
        }

        static String report(long number) {
            return STORED + "report " + number;
        }

        public static void main(String[] arguments) {
            Storage storage = open(Path.of(arguments[0]), arguments[1]);
            storage.products().insert(product("pk"));
            storage.devices().insert(device("d"));
            await(storage.sessions().open(id("d"), Instant.MAX));
            for (int i = 0; ; i++) {
                String text = Integer.toString(i);
                long number = i;
                storage.things()
                        .append(
                                List.of(Facts.ofSamples(
                                        id("d"), List.of(new Sample("t", new Value.Whole(number), NOW)))),
                                failure -> {
                                    if (failure == null) {
                                        System.out.println(report(number));
                                    }
                                });
                storage.sessions()
                        .enqueue(id("d"), new Letter("t", Payload.of(text)), "")
                        .whenComplete((_, failure) -> {
                            if (failure == null) {
                                System.out.println(STORED + "message " + text);
                            }
                        });
                if (i % 100 == 0 && i < 50_000) {
                    storage.devices().insert(device("n" + i));
                    System.out.println(STORED + "device n" + i);
                }
            }
        }
    }
}
