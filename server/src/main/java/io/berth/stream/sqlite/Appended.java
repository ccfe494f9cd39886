package io.berth.stream.sqlite;

import io.berth.core.Completion;
import io.berth.core.Payload;
import io.berth.core.message.Event;
import io.berth.stream.EventCodec;

/// An event on its way into the log.
///
/// @param octets the same event as it is kept
record Appended(Event event, Payload octets, Completion completion) {
    /// What an event takes in memory beside its octets, roughly.
    static final int OVERHEAD = 400;

    static Appended of(Event event, Completion completion) {
        return new Appended(event, Payload.owned(EventCodec.encode(event)), completion);
    }

    int weight() {
        return OVERHEAD + octets.size();
    }
}
