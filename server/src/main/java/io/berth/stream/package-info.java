/// Where events go after core made them.
///
/// [io.berth.stream.LiveFeed] hands each event to whoever watches at this moment and keeps nothing. It is called on
/// event loops, so it takes a lock for a few instructions at most and never waits for a reader.
/// [io.berth.stream.DurableLog] keeps events for those who read them for good; [io.berth.stream.EventStreams] gives it
/// only what somebody selects, and only then does a device wait for the log.
@NullMarked
package io.berth.stream;

import org.jspecify.annotations.NullMarked;
