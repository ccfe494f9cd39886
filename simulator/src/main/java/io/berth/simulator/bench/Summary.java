package io.berth.simulator.bench;

import io.berth.simulator.measure.Sample;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// Figures for people, on stderr.
final class Summary {
    private static final double MEGABYTE = 1 << 20;

    private Summary() {}

    static String of(Scenario scenario, Sample sample) {
        if (scenario == Scenario.IDLE) {
            return "%d held for %.1f s, %.2f CPU-s".formatted(sample.events(), sample.seconds(), sample.cpuSeconds());
        }
        return "%,.0f %s/s, %,.0f per CPU-s".formatted(sample.rate(), scenario.unit(), sample.perCpuSecond());
    }

    /// The subject first, then how it compares.
    static String of(String run, Scenario scenario, List<Outcome> outcomes) {
        Outcome subject = outcomes.getFirst();
        String ratios = outcomes.stream()
                .skip(1)
                .map(yardstick -> scenario == Scenario.IDLE
                        ? ", %s %,d bytes each"
                                .formatted(
                                        yardstick.target(), yardstick.memory().bytesPerConnection())
                        : ", %.2fx %s".formatted(subject.ratioTo(yardstick), yardstick.target()))
                .collect(Collectors.joining());
        return "%-22s %-10s %s%s".formatted(run, subject.target(), figures(scenario, subject), ratios);
    }

    private static String figures(Scenario scenario, Outcome outcome) {
        if (scenario == Scenario.IDLE) {
            return "%,d bytes per connection, %.0f MB resident with %,d"
                    .formatted(
                            outcome.memory().bytesPerConnection(),
                            outcome.memory().rssAfter() / MEGABYTE,
                            outcome.memory().connections());
        }
        return String.format(
                Locale.ROOT,
                "%,10.0f per CPU-s, %,10.0f/s, p50 %,.0f us, p99 %,.0f us",
                outcome.perCpuSecond(),
                outcome.rate(),
                outcome.latencyMicros().p50(),
                outcome.latencyMicros().p99());
    }
}
