package io.berth.simulator.bench;

import io.berth.simulator.device.Fleet;
import io.berth.simulator.device.Mix;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Command line options that shape the load. What is not said, the scenario decides.
final class LoadOptions {
    private static final int DEVICES = 20_000;
    private static final int QUICK_DEVICES = 2_000;
    private static final int QUICK_IDLE = 1_000;
    private static final int STREAM_WINDOW = 800;
    private static final Duration LONGEST_CONNECT_WINDOW = Duration.ofSeconds(60);

    @Option(names = "--devices", description = "Devices the server knows (default: 20000, quick: 2000).")
    private @Nullable Integer devices;

    @Option(names = "--connections", description = "Connections open at once.")
    private @Nullable Integer connections;

    @Option(names = "--messages", description = "The most events a window has (connect: each device once).")
    private @Nullable Long messages;

    @Option(names = "--seconds", description = "Length of a window (default: 5, quick: 2).")
    private @Nullable Integer seconds;

    @Option(names = "--windows", defaultValue = "3", description = "Windows; the figure is their median.")
    private int windows;

    @Option(names = "--warmup", description = "Seconds of load before the first window (default: 5, quick: 1).")
    private @Nullable Integer warmup;

    @Option(names = "--payload", defaultValue = "256", description = "Bytes of a message.")
    private int payload;

    @Option(names = "--qos", defaultValue = "1", description = "0 or 1.")
    private int qos;

    @Option(names = "--window", description = "Events under way per connection; downlinks of a stream; callers.")
    private @Nullable Integer window;

    @Option(names = "--rate", defaultValue = "0", description = "Events per second (default: as many as go).")
    private double rate;

    @Option(names = "--dialect", defaultValue = "aliyun", description = "${COMPLETION-CANDIDATES}")
    private Mix dialect = Mix.ALIYUN;

    @Option(names = "--consumer", defaultValue = "none", description = "Who receives: ${COMPLETION-CANDIDATES}")
    private Settings.Listener consumer = Settings.Listener.NONE;

    @Option(names = "--via", defaultValue = "stream", description = "Downlinks come by: ${COMPLETION-CANDIDATES}")
    private Settings.Via via = Settings.Via.STREAM;

    @Option(names = "--what", defaultValue = "detail", description = "Calls of api: ${COMPLETION-CANDIDATES}")
    private Settings.Call call = Settings.Call.DETAIL;

    @Option(names = "--seed", defaultValue = "1", description = "Seed of the identities.")
    private long seed;

    @Option(names = "--quick", description = "Small and short: shows that it works, not how fast.")
    private boolean quick;

    Fleet fleet() {
        int most = connections == null ? 0 : connections;
        return new Fleet(seed, or(devices, Math.max(most, quick ? QUICK_DEVICES : DEVICES)), dialect);
    }

    /// @param runRate a rate the run itself asks for, 0 when it does not
    /// @param runConsumer a consumer the run itself asks for
    Settings settings(Scenario scenario, Fleet fleet, double runRate, Settings.Listener runConsumer) {
        int usual = quick ? Math.min(scenario.connections(), QUICK_IDLE) : scenario.connections();
        Duration length = Duration.ofSeconds(or(seconds, quick ? 2 : 5));
        boolean each = scenario.isConnect() && seconds == null && runRate + rate == 0;
        return new Settings(
                fleet,
                or(connections, Math.min(usual, fleet.size())),
                messages == null ? (each ? fleet.size() : Long.MAX_VALUE) : messages,
                each ? LONGEST_CONNECT_WINDOW : length,
                windows,
                Duration.ofSeconds(or(warmup, quick ? 1 : 5)),
                payload,
                qos,
                or(window, streams(scenario) ? STREAM_WINDOW : scenario.window()),
                rate > 0 ? rate : runRate,
                consumer == Settings.Listener.NONE ? runConsumer : consumer,
                via,
                call);
    }

    private boolean streams(Scenario scenario) {
        return scenario == Scenario.DOWNLINK && via == Settings.Via.STREAM;
    }

    private static int or(@Nullable Integer said, int usual) {
        return said == null ? usual : said;
    }
}
