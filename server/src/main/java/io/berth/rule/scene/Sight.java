package io.berth.rule.scene;

import java.time.Duration;

/// What an event means to a trigger.
sealed interface Sight {
    /// Nothing.
    record None() implements Sight {}

    /// It happened now and is over at once.
    record Moment(String reason) implements Sight {}

    /// It is news if the value before was another.
    record Value(String reason, io.berth.core.Value now) implements Sight {}

    /// It is so from now on, and to be so for this long.
    record Holds(String reason, Duration hold) implements Sight {}

    /// It is not so, or not any more.
    record Over() implements Sight {}

    Sight NONE = new None();
    Sight OVER = new Over();
}
