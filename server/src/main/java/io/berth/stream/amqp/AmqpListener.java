package io.berth.stream.amqp;

import io.berth.net.Place;

/// One place where applications subscribe.
///
/// @param tls whether it speaks AMQP over TLS only, in clear only otherwise
public record AmqpListener(Place place, boolean tls) {
    public static AmqpListener amqp() {
        return new AmqpListener(new Place("amqp", "localhost", 5672), false);
    }

    public static AmqpListener amqps() {
        return new AmqpListener(new Place("amqps", "localhost", 5671), true);
    }
}
