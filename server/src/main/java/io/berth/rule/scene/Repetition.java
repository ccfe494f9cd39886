package io.berth.rule.scene;

import static io.berth.core.ProblemException.require;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/// A first time, and some more at equal distances.
///
/// @param times how often in all
record Repetition(Instant first, Duration interval, long times) implements Schedule {
    Repetition {
        require(times >= 1, "it comes once at least");
        require(times == 1 || interval.isPositive(), "it says not after which time it comes again");
    }

    @Override
    public Optional<Instant> next(Instant after) {
        if (after.isBefore(first)) {
            return Optional.of(first);
        }
        long come = times == 1 ? 1 : Duration.between(first, after).dividedBy(interval) + 1;
        return come < times ? Optional.of(first.plus(interval.multipliedBy(come))) : Optional.empty();
    }

    @Override
    public boolean matches(Instant moment) {
        Instant second = moment.truncatedTo(ChronoUnit.SECONDS);
        return next(second.minusMillis(1)).filter(second::equals).isPresent();
    }

    @Override
    public String toString() {
        return "it is " + first
                + (times == 1 ? "" : ", or after it " + (times - 1) + " times " + Spans.write(interval));
    }
}
