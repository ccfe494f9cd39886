package io.berth.stream.amqp;

import io.berth.core.subscription.SubscriberTraffic;
import java.time.Duration;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One listener's side of the server, as its connections see it.
///
/// @param listener its name
record Entrance(String listener, AmqpPlatform platform, AmqpConfig config, SubscriberLogins logins, Guests guests) {
    private static final Logger LOG = LoggerFactory.getLogger(Entrance.class);

    SubscriberTraffic traffic() {
        return platform.traffic();
    }

    Duration loginTimeout() {
        return config.timeouts().login();
    }

    /// Decides off the event loop: keys and groups come from stores.
    void decide(SubscriberLogins.Attempt attempt, Consumer<SubscriberLogins.Answer> then) {
        Thread.ofVirtual().name("amqp login").start(() -> {
            SubscriberLogins.Answer answer = new SubscriberLogins.Answer.No(false);
            try {
                answer = logins.login(attempt);
            } catch (RuntimeException e) {
                LOG.error(
                        "{}: the login from {} failed",
                        listener,
                        attempt.channel().address(),
                        e);
            }
            then.accept(answer);
        });
    }

    AmqpConnection connection(Subscriber subscriber) {
        return new AmqpConnection(this, subscriber);
    }

    /// A connection waits for its login no longer, whether it has one or ends.
    void arrived() {
        guests.turnstile().arrived();
    }

    /// A connection ended.
    void left() {
        traffic().connectionClosed(listener);
        guests.turnstile().leave();
    }
}
