package io.berth.ops;

import io.berth.core.rule.ActionMeters;
import io.berth.core.rule.RuleEngine.ActionState;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/// Shows each action of a rule as long as it runs.
public final class RuleMetrics implements ActionMeters {
    private final Metrics metrics;
    private final InstantSource clock;

    public RuleMetrics(Metrics metrics, InstantSource clock) {
        this.metrics = metrics;
        this.clock = clock;
    }

    @Override
    public Runnable show(String rule, String action, Supplier<ActionState> state) {
        String[] tags = {"rule", rule, "action", action};
        for (Count count : COUNTS) {
            metrics.count(count.name, count.description, () -> count.value.applyAsLong(state.get()), tags);
        }
        metrics.gauge(
                "berth.rule.waiting",
                "Events an action has not done with",
                () -> state.get().waiting(),
                tags);
        metrics.gauge("berth.rule.oldest.seconds", "Age of the oldest of them", () -> age(state.get()), tags);
        metrics.gauge(
                "berth.rule.suspended",
                "1 while the destination is left alone",
                () -> state.get().suspendedUntil() == null ? 0 : 1,
                tags);
        return () -> metrics.forget("rule", rule); // its actions start and stop together
    }

    private record Count(String name, String description, ToLongFunction<ActionState> value) {}

    private static final List<Count> COUNTS = List.of(
            new Count("berth.rule.matched", "Events that passed source and statement", ActionState::matched),
            new Count("berth.rule.sent", "Messages the destination took", ActionState::sent),
            new Count("berth.rule.failed", "Tries that failed", ActionState::failed),
            new Count("berth.rule.refused", "Messages given up", ActionState::refused),
            new Count("berth.rule.faulted", "Events the statement could not work out", ActionState::faulted),
            new Count("berth.rule.dropped", "Events given up by bounds of age or number", ActionState::dropped));

    private long age(ActionState state) {
        Instant oldest = state.oldest();
        return oldest == null ? 0 : Duration.between(oldest, clock.instant()).toSeconds();
    }
}
