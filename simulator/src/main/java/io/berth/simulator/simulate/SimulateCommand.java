package io.berth.simulator.simulate;

import io.berth.simulator.device.Fleet;
import io.berth.simulator.device.Mix;
import io.berth.simulator.target.ServerAddress;
import io.berth.simulator.target.ServerOptions;
import io.berth.simulator.target.ServerTarget;
import io.berth.simulator.wire.Loops;
import io.berth.simulator.wire.MqttConnection;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// Runs a fleet for a while, with a line a second of what it does.
@Command(
        name = "simulate",
        mixinStandardHelpOptions = true,
        description = "A fleet that reports, answers and reconnects. Ctrl-C ends it cleanly.")
public final class SimulateCommand implements Callable<Integer> {
    private static final int MAX_CONNECTIONS = 18_000;

    @Mixin
    private ServerOptions server = new ServerOptions();

    @Option(names = "--devices", defaultValue = "10", description = "Devices (at most 18000).")
    private int devices;

    @Option(names = "--dialect", defaultValue = "mixed", description = "${COMPLETION-CANDIDATES}")
    private Mix dialect = Mix.MIXED;

    @Option(names = "--rate", description = "Reports per second of the whole fleet (default: one per device).")
    private @Nullable Double rate;

    @Option(names = "--duration", defaultValue = "60", description = "Seconds.")
    private int durationSeconds;

    @Option(names = "--series", paramLabel = "CSV", description = "Readings to replay (default: a made-up climate).")
    private @Nullable Path series;

    @Option(names = "--seed", defaultValue = "1", description = "Seed of identities and readings.")
    private long seed;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        try (Loops loops = new Loops("fleet", 1)) {
            return simulate(loops);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec().commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    private int simulate(Loops loops) throws InterruptedException {
        requireBounds();
        ServerAddress address = server.address()
                .orElseThrow(() -> new IllegalArgumentException("name a server: --data DIR or --server URL"));
        Fleet fleet = new Fleet(seed, devices, dialect);
        Series readings = series == null ? Series.generated(seed) : Series.read(series);
        Tally tally = new Tally();
        PrintWriter out = spec().commandLine().getOut();
        CountDownLatch interrupted = new CountDownLatch(1);
        CountDownLatch left = new CountDownLatch(1);
        Thread hook = new Thread(() -> {
            interrupted.countDown();
            awaitQuietly(left);
        });
        Runtime.getRuntime().addShutdownHook(hook);
        try (ServerTarget target = new ServerTarget(address)) {
            target.enrol(fleet);
            Duration interval = Duration.ofNanos((long) (1e9 * devices / (rate == null ? devices : rate)));
            try (Simulation simulation = new Simulation(fleet, loops, connector(target), tally)) {
                simulation.start(readings, interval);
                for (int second = 1; second <= durationSeconds; second++) {
                    boolean ends = interrupted.await(1, TimeUnit.SECONDS);
                    out.println(tally.line(second));
                    out.flush();
                    if (ends) {
                        break;
                    }
                }
            }
        } finally {
            left.countDown();
        }
        if (tally.everOnlineOrSent() == 0) {
            throw new IllegalStateException("no device came online: " + tally.trouble());
        }
        return 0;
    }

    private void requireBounds() {
        if (devices < 1 || devices > MAX_CONNECTIONS) {
            throw new IllegalArgumentException("out of bounds: --devices 1 to " + MAX_CONNECTIONS);
        }
        if (durationSeconds < 1 || (rate != null && rate <= 0)) {
            throw new IllegalArgumentException("out of bounds: --duration 1 or more, --rate more than 0");
        }
    }

    private static SimulatedDevice.Connector connector(ServerTarget target) {
        return (device, loop, events) -> MqttConnection.open(loop, target.mqtt(), target.login(device, false), events);
    }

    private static void awaitQuietly(CountDownLatch left) {
        try {
            left.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private CommandSpec spec() {
        return Objects.requireNonNull(spec, "picocli sets it");
    }
}
