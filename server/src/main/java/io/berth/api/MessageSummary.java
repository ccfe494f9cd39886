package io.berth.api;

import io.berth.api.StreamedDelivery.Outcome;

/// How many messages of a stream ended how.
public record MessageSummary(long messages, long sent, long queued, long acknowledged, long failed) {
    static final MessageSummary EMPTY = new MessageSummary(0, 0, 0, 0, 0);

    MessageSummary plus(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Failed _ -> plus(0, 0, 0, 1);
            case Outcome.Reached(var state) ->
                switch (state) {
                    case SENT -> plus(1, 0, 0, 0);
                    case QUEUED -> plus(0, 1, 0, 0);
                    case ACKNOWLEDGED -> plus(0, 0, 1, 0);
                };
        };
    }

    private MessageSummary plus(int moreSent, int moreQueued, int moreAcknowledged, int moreFailed) {
        return new MessageSummary(
                messages + 1,
                sent + moreSent,
                queued + moreQueued,
                acknowledged + moreAcknowledged,
                failed + moreFailed);
    }
}
