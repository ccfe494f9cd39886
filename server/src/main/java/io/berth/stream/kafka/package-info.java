/// The event log on Apache Kafka, for many machines.
///
/// One topic holds all events. A device's go to one partition, through its lane: one record at a time is with
/// the brokers, acknowledged by all replicas, and holds what came while the one before it was. What is kept
/// goes into memory at once, where live readers find it; one consumer follows the ends of all partitions for
/// what other nodes append; readers of older events take turns with a few more.
/// Groups and their cursors are not Kafka's: they are the same as over the embedded log
/// (docs/decisions/0010).
@NullMarked
package io.berth.stream.kafka;

import org.jspecify.annotations.NullMarked;
