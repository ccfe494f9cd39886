package io.berth.core.message;

import java.time.Instant;
import java.util.List;

/// Lets people look at events that happened before they came. Only what a consumer group or a rule wanted when it
/// happened is there, and only for as long as the log keeps it.
public interface EventHistory {
    /// Looks back to the first event that is not older than this.
    Past since(Instant from);

    /// One thread at a time.
    @FunctionalInterface
    interface Past {
        /// The next events, some thousands at most, the oldest first; empty when there are no more by now. Blocks.
        List<Event> next();
    }
}
