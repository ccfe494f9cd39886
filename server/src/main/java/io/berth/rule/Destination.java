package io.berth.rule;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Where an action sends messages. Called on virtual threads, several at once but never two for one device:
/// may block, for a bounded time.
public interface Destination extends AutoCloseable {
    /// Sends one message and waits until the other side has taken it. An interrupt means that the action ends.
    /// Throws an [UnfitException] for a message that lacks what the destination's templates ask for.
    Outcome send(Outgoing message) throws InterruptedException;

    /// Lets go of connections. Nothing is sent after it.
    @Override
    void close();

    sealed interface Outcome {
        Outcome DONE = new Done();

        record Done() implements Outcome {}

        /// The destination is in trouble, not the message: it stays at the head of its device's messages.
        ///
        /// @param reason what went wrong, as an operator should read it: no secrets, no payload
        /// @param after when the destination itself asks to be tried again, null when it does not say
        record Retry(String reason, @Nullable Duration after) implements Outcome {}

        /// The destination will never take this message; it may well take the next.
        record Refused(String reason) implements Outcome {}

        static Outcome retry(String reason) {
            return new Retry(reason, null);
        }
    }
}
