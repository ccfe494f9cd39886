package io.berth.rule.scene;

/// What an event means to a trigger.
sealed interface Sight {
    /// Nothing.
    record None() implements Sight {}

    /// It happened now and is over at once.
    record Moment(String reason) implements Sight {}

    /// It is so from now on.
    record Holds(String reason) implements Sight {}

    /// It is not so, or not any more.
    record Over() implements Sight {}

    Sight NONE = new None();
    Sight OVER = new Over();
}
