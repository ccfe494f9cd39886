/// Where events go after core made them.
///
/// [io.berth.stream.LiveFeed] hands each event to whoever watches at this moment and keeps nothing. It is
/// called on event loops, so it takes a lock for a few instructions at most and never waits for a reader.
///
/// [io.berth.stream.DurableLog] keeps events for good, as the octets of [io.berth.stream.EventCodec], and is
/// read from any point; its implementations have packages of their own. It knows no reader: who has read how
/// far is the business of `group`. [io.berth.stream.EventStreams] gives it only what somebody selects, and only
/// then does a device wait for the log.
@NullMarked
package io.berth.stream;

import org.jspecify.annotations.NullMarked;
