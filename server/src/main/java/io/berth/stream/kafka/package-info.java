/// The event log on Apache Kafka, for many machines.
///
/// One topic holds all events, keyed by device, so that a device's events stay in order in one partition. A
/// producer appends with the acknowledgement of all replicas; one consumer follows the ends of all partitions
/// into memory, where live readers find what is new; readers of older events take turns with a few more.
/// Groups and their cursors are not Kafka's: they are the same as over the embedded log
/// (docs/decisions/0010).
@NullMarked
package io.berth.stream.kafka;

import org.jspecify.annotations.NullMarked;
