package io.berth.simulator.bench;

import io.berth.simulator.device.Fleet;
import io.berth.simulator.measure.Pinning;
import io.berth.simulator.target.MosquittoTarget;
import io.berth.simulator.target.ServerOptions;
import io.berth.simulator.target.ServerTarget;
import io.berth.simulator.target.Target;
import io.berth.simulator.target.YardstickTarget;
import io.berth.simulator.wire.Loops;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Measures scenarios: progress on stderr, one JSON line each on stdout.
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description = {
            "Measure a server: events per CPU-second of its process, latencies, memory.",
            "Scenarios: connect, connect-tls, idle, publish, property, downlink, roundtrip, api, http, https, coap,",
            "connect-x509, connect-psk (a server with listener.mqtt-psk.enabled=true), connect-dtls;",
            "all runs each up to roundtrip."
        })
public final class BenchCommand implements Callable<Integer> {
    /// Servers this program starts itself.
    enum Yardstick {
        YARDSTICK,
        MOSQUITTO
    }

    @Parameters(paramLabel = "SCENARIO", description = "A scenario, or all.")
    private String scenario = "";

    @Mixin
    private ServerOptions server = new ServerOptions();

    @Mixin
    private LoadOptions load = new LoadOptions();

    @Option(names = "--target", description = "Measure beside the server, in turns: ${COMPLETION-CANDIDATES}")
    private List<Yardstick> yardsticks = List.of();

    @Option(names = "--mosquitto", paramLabel = "FILE", description = "The mosquitto program.")
    private Path mosquitto = MosquittoTarget.USUAL_PROGRAM;

    @Option(names = "--threads", defaultValue = "1", description = "Event loops of the load.")
    private int threads;

    @Option(names = "--pin-server", paramLabel = "CPU", description = "Hold the servers on these cores.")
    private @Nullable String serverCpus;

    @Option(names = "--pin-load", paramLabel = "CPU", description = "Hold the load on these cores.")
    private @Nullable String loadCpus;

    @Option(names = "--json", description = "Print JSON, which it always does.")
    @SuppressWarnings("UnusedVariable") // accepted because every other command has it; here it changes nothing
    private boolean json;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        try (Owned owned = new Owned();
                Loops loops = new Loops("load", threads)) {
            List<Run> runs = Run.named(scenario);
            Fleet fleet = load.fleet();
            runs.forEach(run -> run.settings(load, fleet)); // bad options show before the first process starts
            List<Target> targets = targets(fleet, owned);
            pin(targets, owned);
            targets.forEach(target -> target.enrol(fleet));
            return measure(runs, fleet, targets, loops) ? 0 : 1;
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec().commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    private List<Target> targets(Fleet fleet, Owned owned) {
        List<Target> targets = new ArrayList<>();
        server.address().map(ServerTarget::new).ifPresent(targets::add);
        if (!targets.isEmpty() && !server.isAccountable()) {
            throw new IllegalArgumentException("say --pid, the server's process: its CPU time is the figure");
        }
        for (Yardstick yardstick : yardsticks) {
            Target target = switch (yardstick) {
                case YARDSTICK -> new YardstickTarget(fleet);
                case MOSQUITTO -> new MosquittoTarget(mosquitto);
            };
            owned.onClose(target::close);
            targets.add(target);
        }
        if (targets.isEmpty()) {
            throw new IllegalArgumentException("name a server: --data DIR, --server URL, or --target yardstick");
        }
        return targets;
    }

    private void pin(List<Target> targets, Owned owned) {
        if (serverCpus != null) {
            targets.forEach(target -> owned.onClose(Pinning.of(target.pid(), serverCpus)::close));
        }
        if (loadCpus != null) {
            owned.onClose(Pinning.of(ProcessHandle.current().pid(), loadCpus)::close);
        }
    }

    /// Runs them all, whatever becomes of each; true when all went well.
    private boolean measure(List<Run> runs, Fleet fleet, List<Target> targets, Loops loops)
            throws InterruptedException {
        PrintWriter out = spec().commandLine().getOut();
        PrintWriter err = spec().commandLine().getErr();
        List<String> summary = new ArrayList<>();
        boolean well = true;
        for (Run run : runs) {
            Settings settings = run.settings(load, fleet);
            List<Target> able = targets.stream()
                    .filter(target -> run.fits(target, settings))
                    .toList();
            if (able.isEmpty()) {
                throw new IllegalArgumentException(targets.getFirst().name() + " offers nothing to run " + run.name());
            }
            try {
                List<Outcome> outcomes = new Session(run.scenario(), settings, loops, err).run(able);
                out.println(Report.line(run.name(), run.scenario(), settings, outcomes));
                out.flush();
                summary.add(Summary.of(run.name(), run.scenario(), outcomes));
            } catch (IllegalStateException | UncheckedIOException e) {
                well = false;
                summary.add("%-22s FAILED: %s".formatted(run.name(), e.getMessage()));
            }
        }
        summary.forEach(err::println);
        err.flush();
        return well;
    }

    private CommandSpec spec() {
        return Objects.requireNonNull(spec, "picocli sets it");
    }
}
