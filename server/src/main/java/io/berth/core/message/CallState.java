package io.berth.core.message;

/// How far a call got; each word is true when it is shown.
public enum CallState {
    /// Recorded, and on its way to the connection.
    CREATED,
    /// Kept for a device that is not online, or cannot be told now.
    QUEUED,
    SENT,
    ACKNOWLEDGED,
    /// Final: the device answered, for good or bad.
    ANSWERED,
    /// Final: it could not be sent, or its connection ended before a waiting caller had the answer.
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
