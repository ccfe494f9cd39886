package io.berth.core.outbox;

import static io.berth.core.ProblemException.require;

import io.berth.core.Problem;
import io.berth.core.Value;
import io.berth.core.device.DeviceId;
import io.berth.core.message.Downlink;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A message of an application to a device, and how far it got.
///
/// @param id unique among those of the device, 1 to 100 characters
/// @param words what the application gave with it, for its dialect to show again; `name` is what it calls the
/// message
/// @param message as it goes to the device
/// @param problem why it failed, null while it did not
/// @param detail the same as a sentence, empty otherwise
/// @param ended when its state became final, null before
/// @param expires when it is given up
public record OutboxMessage(
        DeviceId device,
        String id,
        Value.Fields words,
        Downlink.Message message,
        State state,
        @Nullable Problem problem,
        String detail,
        Instant created,
        @Nullable Instant ended,
        Instant expires) {
    public OutboxMessage {
        require(!id.isEmpty() && id.length() <= 100, "a message's id has 1 to 100 characters");
    }

    public enum State {
        /// Kept until the device comes online.
        WAITING,
        /// Given to the device's session, which goes on with it.
        SENT,
        /// Final: the device confirmed it, or it was sent where nobody confirms.
        DELIVERED,
        /// Final: the device cannot be told this.
        FAILED,
        /// Final: its time was over before it was delivered.
        TIMED_OUT
    }

    /// Empty when it has none.
    public String name() {
        return words.get("name") instanceof Value.Text(String name) ? name : "";
    }

    OutboxMessage waiting() {
        return with(State.WAITING, null, "", null);
    }

    OutboxMessage sent() {
        return with(State.SENT, null, "", null);
    }

    OutboxMessage delivered(Instant now) {
        return with(State.DELIVERED, null, "", now);
    }

    OutboxMessage failed(Instant now, Problem reason, String sentence) {
        return with(State.FAILED, reason, sentence, now);
    }

    OutboxMessage givenUp(Instant now) {
        return with(State.TIMED_OUT, Problem.TIMED_OUT, device + " could not be told in time", now);
    }

    private OutboxMessage with(State state, @Nullable Problem problem, String detail, @Nullable Instant ended) {
        return new OutboxMessage(device, id, words, message, state, problem, detail, created, ended, expires);
    }
}
