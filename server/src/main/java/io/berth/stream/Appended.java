package io.berth.stream;

import io.berth.core.Completion;
import io.berth.core.Payload;
import io.berth.core.ProblemException;
import io.berth.core.message.Event;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// An event on its way into a durable log.
///
/// @param octets the same event as it is kept
public record Appended(Event event, Payload octets, Completion completion) {
    /// What an event takes in memory beside its octets, roughly.
    public static final int OVERHEAD = 400;

    private static final Logger LOG = LoggerFactory.getLogger(Appended.class);

    public static Appended of(Event event, Completion completion) {
        return new Appended(event, Payload.owned(EventCodec.encode(event)), completion);
    }

    public int weight() {
        return OVERHEAD + octets.size();
    }

    /// Tells who waits. One who fails at being told must not keep the others waiting.
    public void tell(@Nullable ProblemException refusal) {
        try {
            completion.done(refusal);
        } catch (RuntimeException e) {
            LOG.error("what waited for an event to be kept failed", e);
        }
    }
}
