package io.berth.benchmarks;

import io.berth.core.Page;
import io.berth.core.Value;
import io.berth.core.device.DeviceId;
import io.berth.core.state.Facts;
import io.berth.core.state.HistoryQuery;
import io.berth.core.state.HistoryQuery.Kind;
import io.berth.core.state.ThingStore;
import io.berth.core.thing.Sample;
import io.berth.storage.MasterKey;
import io.berth.storage.Storage;
import io.berth.storage.StorageConfig;
import io.berth.storage.ThingStateConfig;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;

/// What it costs to keep reports on a real SQLite, and to read ten million points back. A main of its own: JMH
/// repeats what is short, and this fills a file.
///
/// Reports carry two decimals and enter with a bounded number under way, as a server's do. CPU time is that of
/// the process, collector and compiler included; the loop that makes the reports is in it too.
public final class HistoryBenchmark {
    private static final Instant START = Instant.parse("2026-11-01T00:00:00Z");
    private static final int UNDER_WAY = 1_000;
    private static final int VALUES = 2;

    private HistoryBenchmark() {}

    public static void main(String[] arguments) throws Exception {
        int points = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 10_000_000;
        ingest("20,000 devices, folds of 16 MiB", 20_000, 3_000_000, 16 << 20);
        ingest("20,000 devices, folds of 1 MiB (one to four reports of each)", 20_000, 1_000_000, 1 << 20);
        try (Run run = new Run(64 << 10)) {
            int devices = 100;
            int reports = points / VALUES / devices;
            Duration step = Duration.ofDays(30).dividedBy(reports);
            Cost cost = run.cost(() -> {
                run.report(devices, reports, step);
                run.stop();
            });
            long bytes = run.bytes();
            System.out.printf(
                    Locale.ROOT,
                    "%d points of %d devices in 30 days: %.0f points per CPU-second, %.1f bytes per point%n",
                    points,
                    devices,
                    points / cost.cpuSeconds,
                    (double) bytes / points);
            run.start();
            Duration day = Duration.ofDays(1);
            Duration month = Duration.ofDays(30);
            Duration hour = Duration.ofHours(1);
            run.read("the newest 100 points", store -> page(store, run.query(month, Duration.ZERO)));
            run.read("100 points of 15 days ago", store -> page(store, run.query(day, Duration.ofDays(15))));
            run.read(
                    "a day in hours",
                    store -> store.buckets(run.query(day, Duration.ZERO), hour).size());
            run.read(
                    "30 days in hours",
                    store ->
                            store.buckets(run.query(month, Duration.ZERO), hour).size());
            run.plan();
        }
    }

    private static void ingest(String what, int devices, int reports, int foldBytes) throws Exception {
        try (Run run = new Run(foldBytes)) {
            run.report(devices, 25, Duration.ofSeconds(1)); // the compiler's work comes before
            Cost cost = run.cost(() -> {
                run.report(devices, reports / devices, Duration.ofSeconds(1));
                run.stop();
            });
            run.start();
            System.out.printf(
                    Locale.ROOT,
                    "%s: %.1f us of CPU per report of %d values, %.0f reports per second%n",
                    what,
                    cost.cpuSeconds * 1e6 / reports,
                    VALUES,
                    reports / cost.seconds);
        }
    }

    private static int page(ThingStore store, HistoryQuery query) {
        return store.history(query).items().size();
    }

    private record Cost(double cpuSeconds, double seconds) {}

    /// Temperatures and humidities that wander by a few tenths, told some hundred milliseconds late.
    private static final class Weather {
        private final SplittableRandom random = new SplittableRandom(1);
        private final long[] temperature;
        private final long[] humidity;

        Weather(int devices) {
            temperature = new long[devices];
            humidity = new long[devices];
        }

        Facts report(DeviceId id, int device, Instant time) {
            temperature[device] += random.nextInt(-3, 4);
            humidity[device] += random.nextInt(-9, 10);
            Instant told = time.plusMillis(random.nextInt(300));
            return Facts.ofSamples(
                    id,
                    List.of(
                            new Sample("temperature", new Value.Decimal((200 + temperature[device]) / 10.0), told),
                            new Sample("humidity", new Value.Decimal((500 + humidity[device]) / 10.0), told)));
        }
    }

    /// One database file and the store on it, at a time that reports move on.
    private static final class Run implements AutoCloseable {
        private final Path directory = Files.createTempDirectory("berth-history");
        private final AtomicLong now = new AtomicLong(START.toEpochMilli());
        private final InstantSource clock = () -> Instant.ofEpochMilli(now.get());
        private final StorageConfig config;
        private Storage storage;

        Run(int foldBytes) throws Exception {
            ThingStateConfig things =
                    new ThingStateConfig(Duration.ofSeconds(10), foldBytes, 4 << 20, Duration.ofDays(60), 100_000);
            StorageConfig standard = StorageConfig.DEFAULT;
            config = new StorageConfig(
                    standard.url(),
                    standard.user(),
                    standard.password(),
                    standard.readers(),
                    standard.writers(),
                    standard.writeQueue(),
                    standard.cacheDevices(),
                    standard.messagesPerDevice(),
                    standard.refusalsKept(),
                    standard.deviceLogLines(),
                    standard.deadLettersKept(),
                    standard.devicesPerProduct(),
                    things);
            storage = open();
        }

        /// Each device reports so many times, all devices in turn.
        void report(int devices, int times, Duration step) {
            Semaphore permits = new Semaphore(UNDER_WAY);
            Weather weather = new Weather(devices);
            List<DeviceId> ids = Stream.iterate(0, i -> i < devices, i -> i + 1)
                    .map(Run::device)
                    .toList();
            for (int time = 0; time < times; time++) {
                Instant at = Instant.ofEpochMilli(now.addAndGet(step.toMillis()));
                for (int device = 0; device < devices; device++) {
                    permits.acquireUninterruptibly();
                    Facts facts = weather.report(ids.get(device), device, at);
                    append(facts, permits);
                }
            }
            permits.acquireUninterruptibly(UNDER_WAY);
        }

        /// What is refused because folds are behind comes again, as a device's would.
        private void append(Facts facts, Semaphore permits) {
            storage.things().append(List.of(facts), failure -> {
                if (failure == null) {
                    permits.release();
                } else {
                    CompletableFuture.delayedExecutor(5, TimeUnit.MILLISECONDS).execute(() -> append(facts, permits));
                }
            });
        }

        Cost cost(Runnable work) {
            var process = (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
            long cpu = process.getProcessCpuTime();
            long wall = System.nanoTime();
            work.run();
            return new Cost((process.getProcessCpuTime() - cpu) / 1e9, (System.nanoTime() - wall) / 1e9);
        }

        /// A device's temperatures, the newest first, of a span that ended so long ago.
        HistoryQuery query(Duration span, Duration ended) {
            Instant end = Instant.ofEpochMilli(now.get()).minus(ended).plusMillis(1);
            return new HistoryQuery(
                    device(7), Kind.PROPERTY, "temperature", end.minus(span), end, true, new Page.Request(null, 100));
        }

        void read(String what, ToIntFunction<ThingStore> question) {
            long[] nanos = new long[21];
            int found = 0;
            for (int i = 0; i < nanos.length; i++) {
                long before = System.nanoTime();
                found = question.applyAsInt(storage.things());
                nanos[i] = System.nanoTime() - before;
            }
            double first = nanos[0] / 1e6;
            Arrays.sort(nanos);
            System.out.printf(
                    Locale.ROOT, "%s: %d rows, %.2f ms, the first time %.2f ms%n", what, found, nanos[10] / 1e6, first);
        }

        /// How SQLite finds the chunks of one device and range.
        void plan() throws Exception {
            try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("berth.db"));
                    Statement statement = connection.createStatement();
                    ResultSet steps = statement.executeQuery(
                            "EXPLAIN QUERY PLAN SELECT hour, points FROM thing_history_20261115"
                                    + " WHERE product = 'p' AND name = 'd' AND hour >= 1 AND hour <= 2 ORDER BY hour DESC")) {
                while (steps.next()) {
                    System.out.println("plan: " + steps.getString("detail"));
                }
            }
        }

        long bytes() throws Exception {
            return Files.size(directory.resolve("berth.db"));
        }

        void start() {
            storage = open();
        }

        /// Folds what is left and brings everything into one file.
        void stop() {
            storage.close();
        }

        private Storage open() {
            return Storage.open(config, directory, MasterKey.load(directory, null), clock);
        }

        private static DeviceId device(int number) {
            return new DeviceId("a1benchmark", "device-%05d".formatted(number));
        }

        @Override
        public void close() throws IOException {
            stop();
            try (Stream<Path> files = Files.walk(directory)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
