package io.berth.benchmarks;

import io.berth.core.Payload;
import io.berth.core.product.Script;
import io.berth.core.product.ScriptStore;
import io.berth.core.product.ScriptTraffic;
import io.berth.core.product.Scripts;
import io.berth.core.product.Scripts.Result;
import io.berth.script.SandboxedScripts;
import io.berth.script.ScriptConfig;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

/// Conversions of a 60-byte frame per CPU-second, of this process and the one that runs the script together,
/// by windows of three CPU-seconds; then what both hold in memory. No JMH: its figures do not see a second
/// process.
public final class ScriptCost {
    private static final int WINDOWS = 6;
    private static final Duration WINDOW = Duration.ofSeconds(3);

    private ScriptCost() {}

    public static void main(String[] arguments) throws Exception {
        String source = Files.readString(Path.of(arguments[0]));
        ScriptConfig standard = ScriptConfig.DEFAULT;
        ScriptConfig config = new ScriptConfig(
                1,
                standard.time(),
                standard.memoryBytes(),
                standard.maxWaiting(),
                standard.maxWaitingPerProduct(),
                standard.rest(),
                standard.idle());
        long begun = System.nanoTime();
        try (SandboxedScripts scripts =
                new SandboxedScripts(new OneScript(source), config, new Uncounted(), InstantSource.system())) {
            Payload frame = frame();
            System.out.println(scripts.toMessage("product", frame) instanceof Result.Message ? "works" : "fails");
            System.out.printf("first conversion after %d ms%n", (System.nanoTime() - begun) / 1_000_000);
            for (int callers : new int[] {32, 1}) {
                for (int i = 0; i < WINDOWS; i++) {
                    window(scripts, frame, callers);
                }
            }
            Stream.concat(Stream.of(ProcessHandle.current()), ProcessHandle.current().children())
                    .forEach(ScriptCost::printMemory);
        }
    }

    private static void window(Scripts scripts, Payload frame, int callers) throws InterruptedException {
        Duration cpuBefore = cpu();
        LongAdder done = new LongAdder();
        AtomicBoolean over = new AtomicBoolean();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < callers; i++) {
                threads.execute(() -> {
                    while (!over.get()) {
                        if (scripts.toMessage("product", frame) instanceof Result.Message) {
                            done.increment();
                        }
                    }
                });
            }
            while (cpu().minus(cpuBefore).compareTo(WINDOW) < 0) {
                Thread.sleep(100);
            }
            over.set(true);
        }
        double cpu = cpu().minus(cpuBefore).toNanos() / 1e9;
        System.out.printf("%d callers: %,.0f conversions per CPU-second%n", callers, done.sum() / cpu);
    }

    private static Duration cpu() {
        return Stream.concat(Stream.of(ProcessHandle.current()), ProcessHandle.current().children())
                .flatMap(process -> process.info().totalCpuDuration().stream())
                .reduce(Duration.ZERO, Duration::plus);
    }

    private static void printMemory(ProcessHandle process) {
        try (Stream<String> lines =
                Files.lines(Path.of("/proc", Long.toString(process.pid()), "status"), StandardCharsets.UTF_8)) {
            lines.filter(line -> line.startsWith("VmRSS")).forEach(System.out::println);
        } catch (java.io.IOException e) {
            System.out.println("memory unknown: " + e);
        }
    }

    /// A report of the meter that the sample script reads.
    private static Payload frame() {
        byte[] bytes = new byte[60];
        new Random(1).nextBytes(bytes);
        bytes[0] = 0;
        int sum = 0;
        for (int i = 0; i < bytes.length - 1; i++) {
            sum += bytes[i];
        }
        bytes[bytes.length - 1] = (byte) sum;
        return Payload.of(bytes);
    }

    private record OneScript(String source) implements ScriptStore {
        @Override
        public Optional<Script> find(String product) {
            return Optional.of(new Script(product, source, Instant.EPOCH));
        }

        @Override
        public void put(Script script) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void delete(String product) {
            throw new UnsupportedOperationException();
        }
    }

    private record Uncounted() implements ScriptTraffic {
        @Override
        public void converted(Scripts.Function function, long nanos) {}

        @Override
        public void failed(Scripts.Function function, Scripts.Fault fault) {}

        @Override
        public void processEnded() {}
    }
}
