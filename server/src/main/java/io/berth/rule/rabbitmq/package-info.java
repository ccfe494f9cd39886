/// Messages for RabbitMQ and other brokers of AMQP 0-9-1.
///
/// A message is done when the broker has confirmed it: it is durable, and mandatory, so one that no queue takes
/// comes back and is refused. One connection for all messages, a channel for each that is on its way. What
/// breaks is opened anew with the next message; the client's own recovery, which nobody could see, is off.
@NullMarked
package io.berth.rule.rabbitmq;

import org.jspecify.annotations.NullMarked;
