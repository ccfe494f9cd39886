package io.berth.simulator.bench;

import io.berth.simulator.measure.Latency;
import io.berth.simulator.measure.ProcessUsage;
import io.berth.simulator.measure.Sample;
import io.berth.simulator.target.Target;
import io.berth.simulator.wire.Loops;
import io.netty.channel.EventLoop;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.HdrHistogram.Histogram;

/// Measures one scenario on some targets. Their windows take turns, so that what disturbs the machine disturbs all.
final class Session {
    private static final int IDLE_WARMUP_CONNECTIONS = 500;

    private final Scenario scenario;
    private final Settings settings;
    private final Loops loops;
    private final PrintWriter progress;

    Session(Scenario scenario, Settings settings, Loops loops, PrintWriter progress) {
        this.scenario = scenario;
        this.settings = settings;
        this.loops = loops;
        this.progress = progress;
    }

    List<Outcome> run(List<Target> targets) throws InterruptedException {
        if (scenario != Scenario.IDLE) {
            return together(targets);
        }
        // One after the other: together they would need more files than a process may open
        List<Outcome> outcomes = new ArrayList<>();
        for (Target target : targets) {
            outcomes.addAll(together(List.of(target)));
        }
        return outcomes;
    }

    private List<Outcome> together(List<Target> targets) throws InterruptedException {
        if (settings.connections() > Settings.MAX_CONNECTIONS / targets.size()) {
            throw new IllegalArgumentException(
                    "out of bounds: --connections times targets at most " + Settings.MAX_CONNECTIONS);
        }
        List<Contestant> contestants = new ArrayList<>();
        try {
            for (Target target : targets) {
                contestants.add(enter(target));
            }
            for (int i = 1; i <= settings.windows(); i++) {
                for (Contestant contestant : contestants) {
                    Sample sample = contestant.window(settings.window());
                    contestant.samples.add(sample);
                    say(scenario + " window " + i + "/" + settings.windows() + " on " + contestant.target.name() + ": "
                            + Summary.of(scenario, sample));
                }
            }
            return contestants.stream().map(Contestant::outcome).toList();
        } finally {
            contestants.forEach(contestant -> contestant.course.close());
        }
    }

    private Contestant enter(Target target) throws InterruptedException {
        if (scenario == Scenario.IDLE && settings.warmup().isPositive()) {
            int few = Math.min(settings.connections(), IDLE_WARMUP_CONNECTIONS);
            Layout.of(scenario, target, settings.withConnections(few), loops).close();
        }
        ProcessUsage before = ProcessUsage.of(target.pid());
        Contestant contestant = new Contestant(target, before, Layout.of(scenario, target, settings, loops));
        if (settings.warmup().isPositive() && scenario != Scenario.IDLE) {
            say(scenario + " warms " + target.name() + " up for "
                    + settings.warmup().toSeconds() + " s");
            contestant.window(settings.warmup());
            contestant.latencies.reset();
        }
        return contestant;
    }

    private void say(String line) {
        progress.println(line);
        progress.flush();
    }

    private final class Contestant {
        private final Target target;
        private final ProcessUsage before;
        private final Course course;
        private final List<Sample> samples = new ArrayList<>();
        private final Histogram latencies = new Histogram(3);

        Contestant(Target target, ProcessUsage before, Course course) {
            this.target = target;
            this.before = before;
            this.course = course;
        }

        Sample window(Duration length) throws InterruptedException {
            double cpuBefore = ProcessUsage.cpuSecondsOf(target.pid());
            if (course.lanes().isEmpty()) {
                Thread.sleep(length);
                double cpu = ProcessUsage.cpuSecondsOf(target.pid()) - cpuBefore;
                return new Sample(settings.connections(), settings.connections(), length.toMillis() / 1e3, cpu);
            }
            long heard = course.consumer().count();
            Meter meter = new Meter(settings.messages());
            course.arrivals().begin(meter);
            begin(meter);
            meter.await(length);
            boolean isHeard = settings.consumer() != Settings.Listener.NONE;
            Duration vain = isHeard ? course.consumer().await(heard + meter.finished()) : Duration.ZERO;
            long delivered = isHeard ? course.consumer().count() - heard : meter.finished();
            latencies.add(meter.latencies());
            return meter.sample(delivered, ProcessUsage.cpuSecondsOf(target.pid()) - cpuBefore)
                    .without(vain);
        }

        private void begin(Meter meter) {
            Map<EventLoop, List<Lane>> byLoop = course.lanes().stream().collect(Collectors.groupingBy(Lane::loop));
            byLoop.forEach((loop, lanes) -> {
                loop.execute(() -> lanes.forEach(lane -> lane.begin(meter, !settings.isPaced())));
                if (settings.isPaced()) {
                    double share =
                            settings.rate() * lanes.size() / course.lanes().size();
                    Pacer.start(loop, lanes, meter, share);
                }
            });
        }

        Outcome outcome() {
            ProcessUsage after = ProcessUsage.of(target.pid());
            int open = scenario.isConnect() ? 0 : settings.connections();
            return new Outcome(
                    target.name(),
                    List.copyOf(samples),
                    Latency.of(latencies, settings.isPaced()),
                    Outcome.Memory.of(before, after, open));
        }
    }
}
