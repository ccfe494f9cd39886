package io.berth.stream.group;

import io.berth.core.message.Event;
import io.berth.core.subscription.Readers;

/// One reader of a group: an AMQP link, an action of a rule. Any thread; nothing blocks.
public interface Consumer {
    /// Asks for this many deliveries more than were asked for so far.
    void request(int more);

    /// Says what became of a delivery. Tags of earlier consumers and tags settled already are ignored.
    void settle(long tag, Settlement settlement);

    /// Ends it: what it has not settled goes to the group's other consumers, counted as handed out once more.
    void close();

    enum Settlement {
        /// It is done with.
        ACCEPTED,
        /// Not now: again after the group's back-off, to anyone, without counting as a failed attempt.
        RELEASED,
        /// The consumer failed with it: again after the back-off, counted.
        FAILED,
        /// The consumer will never take it. Handled like FAILED (spec aliyun-openapi 4.2).
        REJECTED
    }

    /// What a consumer is handed events by. Called on the engine's threads, one call at a time for one
    /// consumer: must not block for long, and not call the consumer's `close` from within.
    interface Receiver {
        void deliver(Delivered delivered);

        /// Who this is and from where, for the operator.
        Readers.Peer peer();

        /// The group was deleted, or the engine stops: nothing more will come.
        default void ended(String reason) {}
    }

    /// @param tag names the delivery to its consumer
    /// @param attempts how often the event was handed out before and not accepted
    record Delivered(long tag, int attempts, Event event) {}
}
