package io.berth.core.call;

import io.berth.core.Problem;
import io.berth.core.Value;
import io.berth.core.device.DeviceId;
import io.berth.core.message.Answer;
import io.berth.core.message.CallState;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Something an application asked of a device, and how far it got.
///
/// @param id names the call for the application; ids of one device grow with time
/// @param target the service's key, or the module of a GET; empty for a SET
/// @param input of a SET the values by key, of a GET the identifiers wanted, each with no value
/// @param requestId what it is called on the wire, empty while it was never sent
public record Call(
        String id,
        DeviceId device,
        Kind kind,
        String target,
        Value.Fields input,
        Terms terms,
        CallState state,
        String requestId,
        Times times,
        Outcome outcome) {
    public enum Kind {
        /// Sets properties.
        SET,
        /// Asks for the values of properties.
        GET,
        /// Calls a service.
        SERVICE
    }

    /// What the caller agreed to.
    ///
    /// @param sync whether the caller waits for the answer
    /// @param timeout how long the device may take to answer once it has the call
    /// @param keepFor how long the call may wait for the device to come online, zero for not at all
    public record Terms(boolean sync, Duration timeout, Duration keepFor) {
        public boolean keeps() {
            return !keepFor.isZero();
        }
    }

    /// @param sent when it was written to the connection, null before
    /// @param acknowledged when the device confirmed to have it, null before
    /// @param ended when its state became final, null before
    /// @param expires when it is given up: not sent any more, or not waited for
    public record Times(
            Instant created,
            @Nullable Instant sent,
            @Nullable Instant acknowledged,
            @Nullable Instant ended,
            Instant expires) {}

    /// @param answer what the device said, null while it said nothing; outputs that fit are in the model's form
    /// @param misfit what of the answer's outputs does not fit the thing model, empty when all does
    /// @param problem why it ended without an answer, null otherwise
    /// @param detail the same as a sentence, empty otherwise
    public record Outcome(
            @Nullable Answer answer,
            String misfit,
            @Nullable Problem problem,
            String detail) {
        public static final Outcome NONE = new Outcome(null, "", null, "");
    }

    /// Whether the device says that it did what it was asked.
    public boolean hasSucceeded() {
        Answer answer = outcome.answer();
        return answer != null && answer.succeeded();
    }

    boolean isOverdue(Instant now) {
        return !now.isBefore(times.expires());
    }

    Call queued() {
        return with(CallState.QUEUED, "", times, outcome);
    }

    /// On its way under this id: kept before it is written, so that the answer meets it after a crash too.
    Call sending(String id) {
        return with(CallState.CREATED, id, times, outcome);
    }

    /// However long it waited, the device has its time for the answer from now on.
    Call sent(Instant now) {
        if (times.sent() != null) {
            return this;
        }
        Instant patience = now.plus(terms.timeout());
        Instant expires = patience.isAfter(times.expires()) ? patience : times.expires();
        return with(CallState.SENT, requestId, new Times(times.created(), now, null, null, expires), outcome);
    }

    Call acknowledged(Instant now) {
        Times changed = new Times(times.created(), sentAt(now), now, null, times.expires());
        return with(CallState.ACKNOWLEDGED, requestId, changed, outcome);
    }

    Call answered(Instant now, Answer answer, String misfit) {
        Times changed = new Times(times.created(), sentAt(now), times.acknowledged(), now, times.expires());
        return with(CallState.ANSWERED, requestId, changed, new Outcome(answer, misfit, null, ""));
    }

    Call failed(Instant now, Problem problem, String detail) {
        return ended(CallState.FAILED, now, problem, detail);
    }

    Call cancelled(Instant now) {
        return with(CallState.CANCELLED, requestId, endedAt(now), outcome);
    }

    /// Its time is over.
    Call givenUp(Instant now) {
        return times.sent() == null
                ? ended(CallState.EXPIRED, now, Problem.TIMED_OUT, device + " could not be told in time")
                : ended(CallState.TIMED_OUT, now, Problem.TIMED_OUT, device + " did not answer in time");
    }

    /// Whoever waited for it is gone.
    Call orphaned(Instant now) {
        return ended(CallState.TIMED_OUT, now, Problem.TIMED_OUT, "the server restarted");
    }

    private Call ended(CallState state, Instant now, Problem problem, String detail) {
        return with(state, requestId, endedAt(now), new Outcome(null, "", problem, detail));
    }

    private Times endedAt(Instant now) {
        return new Times(times.created(), times.sent(), times.acknowledged(), now, times.expires());
    }

    private Instant sentAt(Instant now) {
        Instant sent = times.sent();
        return sent == null ? now : sent;
    }

    private Call with(CallState state, String requestId, Times times, Outcome outcome) {
        return new Call(id, device, kind, target, input, terms, state, requestId, times, outcome);
    }
}
