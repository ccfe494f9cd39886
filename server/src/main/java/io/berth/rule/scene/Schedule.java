package io.berth.rule.scene;

import java.time.Instant;
import java.util.Optional;

/// When a clock sets scenes off.
sealed interface Schedule permits Cron, Repetition {
    /// The first such time after this one, empty when there is none.
    Optional<Instant> next(Instant after);

    boolean matches(Instant moment);
}
