package io.berth.rule.rabbitmq;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import io.berth.rule.Destination.Outcome;
import io.berth.rule.Spares;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// A channel whose broker confirms each message. One message at a time, so what comes back and what is
/// confirmed is the one that was sent.
final class ConfirmedChannel implements Spares.Spare {
    private final Channel channel;
    private final String exchange;
    private final Duration patience;
    private volatile @Nullable String returned;

    ConfirmedChannel(Channel channel, String exchange, Duration patience) throws IOException {
        this.channel = channel;
        this.exchange = exchange;
        this.patience = patience;
        channel.addReturnListener(back -> returned = back.getReplyText());
        channel.confirmSelect();
    }

    Outcome publish(String key, AMQP.BasicProperties properties, byte[] body)
            throws IOException, InterruptedException, TimeoutException {
        returned = null;
        channel.basicPublish(exchange, key, true, properties, body);
        boolean confirmed = channel.waitForConfirms(patience.toMillis());
        if (!confirmed && returned == null) {
            // RabbitMQ sends a message back before it confirms it, Qpid after: the answer to any question
            // comes behind that
            channel.basicQos(0);
        }
        String why = returned;
        if (why != null) {
            return new Outcome.Refused("no queue takes the routing key \"" + key + "\": " + why);
        }
        return confirmed ? Outcome.DONE : Outcome.retry("the broker did not take the message over");
    }

    @Override
    public boolean isAlive() {
        return channel.isOpen();
    }

    @Override
    public void close() {
        try {
            channel.abort();
        } catch (IOException _) {
            // it is gone either way
        }
    }
}
