package io.berth.core.call;

import io.berth.core.Value;
import io.berth.core.device.DeviceId;
import io.berth.core.message.Answer;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Something an application asked of a device, and how far it got.
///
/// @param id names the call for the application
/// @param target the service's key, or the module of a GET; empty for a SET
/// @param sync whether the caller waits for it
/// @param requestId what it is called on the wire, empty while it was never sent
/// @param sent when it was written to the connection, null before
/// @param acknowledged when the device confirmed to have it, null before
/// @param ended when its state became final, null before
/// @param expires when it is given up: not sent any more, or not waited for
/// @param answer what the device said, null while it said nothing
/// @param detail why it ended where the answer does not say, empty otherwise
public record Call(
        String id,
        DeviceId device,
        Kind kind,
        String target,
        Value.Fields input,
        boolean sync,
        State state,
        String requestId,
        Instant created,
        @Nullable Instant sent,
        @Nullable Instant acknowledged,
        @Nullable Instant ended,
        Instant expires,
        @Nullable Answer answer,
        String detail) {
    public enum Kind {
        /// Sets properties.
        SET,
        /// Asks for the values of properties.
        GET,
        /// Calls a service.
        SERVICE
    }

    /// How far a call got; each word is true when it is shown.
    public enum State {
        CREATED,
        /// Kept for a device that is not online.
        QUEUED,
        SENT,
        ACKNOWLEDGED,
        /// Final: the device answered, for good or bad.
        ANSWERED,
        /// Final: it could not be sent.
        FAILED,
        /// Final: sent, and no answer came in time.
        TIMED_OUT,
        /// Final: never sent in time.
        EXPIRED,
        /// Final: withdrawn before it was sent.
        CANCELLED;

        public boolean isFinal() {
            return switch (this) {
                case CREATED, QUEUED, SENT, ACKNOWLEDGED -> false;
                case ANSWERED, FAILED, TIMED_OUT, EXPIRED, CANCELLED -> true;
            };
        }
    }
}
