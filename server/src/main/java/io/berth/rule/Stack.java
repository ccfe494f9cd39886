package io.berth.rule;

import io.berth.core.message.Event;
import io.berth.core.rule.BacklogPolicy;
import io.berth.core.rule.Rule;
import io.berth.core.subscription.ConsumerGroup.Bounds;
import java.time.Duration;
import java.time.Instant;

/// What may wait for an action whose destination is in trouble (spec huawei-iotda 8: stack). What of it is
/// zero, nothing waits.
record Stack(Duration age, long events, long octets) {
    /// What a reader keeps for an action that keeps nothing: enough for a burst.
    private static final Bounds BURST = new Bounds(Duration.ofMinutes(1), 10_000, 1_000);

    /// Each event is handed out again until it is too old or too much.
    private static final int ATTEMPTS = 1_000;

    /// No event is taken to be shorter when it is said how many fit.
    private static final long LEAST_OCTETS = 256;

    private static final int PART_IN_HAND = 8;

    static Stack of(Rule.Policy policy) {
        return new Stack(policy.keepFor(), policy.keepEvents(), Long.MAX_VALUE);
    }

    Stack within(BacklogPolicy policy) {
        Duration least = age.compareTo(policy.maxAge()) < 0 ? age : policy.maxAge();
        return new Stack(least, events, Math.min(octets, policy.maxOctets()));
    }

    boolean keeps() {
        return age.isPositive() && events > 0 && octets > 0;
    }

    /// What the action's reader is bounded by.
    Bounds bounds() {
        return keeps() ? new Bounds(age, events, octets, ATTEMPTS) : BURST;
    }

    /// How many events the action takes from its reader at once: few beside those that wait, for those it has
    /// taken are not given up.
    int inHand(int most) {
        return keeps() ? Math.clamp(Math.min(events, octets / LEAST_OCTETS) / PART_IN_HAND, 1, most) : most;
    }

    boolean isOver(Event event, Instant now) {
        return keeps() && event.time().plus(age).isBefore(now);
    }
}
