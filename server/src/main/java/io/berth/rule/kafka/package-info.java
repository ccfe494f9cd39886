/// Messages for a topic in Kafka.
///
/// A message is done when all in-sync replicas have it. The key decides the partition, and a device's next
/// message is sent when the one before is done, so a device's messages stay in order.
///
/// Kafka's client is told some servers and learns the others from them, so a server of somebody's choice could
/// name an address inside the network. Every connection, to a server that was configured or that was learnt
/// of, therefore passes [GuardedSelector]. The client has no public way to be given one: [GatedProducer] is
/// the one place that knows its insides.
@NullMarked
package io.berth.rule.kafka;

import org.jspecify.annotations.NullMarked;
