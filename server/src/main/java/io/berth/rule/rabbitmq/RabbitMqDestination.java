package io.berth.rule.rabbitmq;

import static io.berth.core.ProblemException.require;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.AlreadyClosedException;
import com.rabbitmq.client.ShutdownSignalException;
import io.berth.rule.Destination;
import io.berth.rule.DestinationConfig;
import io.berth.rule.OutboundGate;
import io.berth.rule.Outgoing;
import io.berth.rule.Patience;
import io.berth.rule.RuleConfig;
import io.berth.rule.Spares;
import io.berth.rule.Template;
import io.berth.rule.Trouble;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Date;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;

/// Publishes each message to an exchange.
public final class RabbitMqDestination implements Destination {
    private static final int DURABLE = 2;
    private static final int MAX_KEY_BYTES = 255;

    private final Template routingKey;
    private final Patience patience;
    private final BrokerConnection broker;
    private final Spares<ConfirmedChannel> channels = new Spares<>();

    public RabbitMqDestination(DestinationConfig.RabbitMq config, OutboundGate gate, RuleConfig limits) {
        require(
                config.exchange().getBytes(StandardCharsets.UTF_8).length <= MAX_KEY_BYTES,
                "\"exchange\" has 255 bytes at most");
        this.routingKey = Template.of(config.routingKey());
        this.patience = new Patience(limits.sendTimeout());
        this.broker = new BrokerConnection(config, gate, limits.sendTimeout());
    }

    @Override
    public Outcome send(Outgoing message) throws InterruptedException {
        String key = routingKey.fill(message);
        if (key.getBytes(StandardCharsets.UTF_8).length > MAX_KEY_BYTES) {
            return new Outcome.Refused("the routing key made of the message has more than 255 bytes");
        }
        return patience.with(() -> publish(key, message));
    }

    @Override
    public void close() {
        broker.close(); // and with it the channels, which a broker that hangs would each wait for
        channels.close();
    }

    private Outcome publish(String key, Outgoing message) throws InterruptedException {
        try {
            ConfirmedChannel channel = channel();
            boolean whole = false;
            try {
                Outcome outcome =
                        channel.publish(key, properties(message), message.body().toBytes());
                whole = true;
                return outcome;
            } finally {
                if (whole) {
                    channels.giveBack(channel);
                } else {
                    channel.close();
                }
            }
        } catch (ShutdownSignalException e) {
            return closed(e);
        } catch (TimeoutException _) {
            return Outcome.retry(patience.late());
        } catch (IOException e) {
            return e.getCause() instanceof ShutdownSignalException shutdown
                    ? closed(shutdown)
                    : Outcome.retry(Trouble.said(e));
        }
    }

    private ConfirmedChannel channel() throws IOException, TimeoutException, InterruptedException {
        Optional<ConfirmedChannel> spare = channels.take();
        return spare.isPresent() ? spare.get() : broker.channel();
    }

    private static AMQP.BasicProperties properties(Outgoing message) {
        AMQP.BasicProperties.Builder properties = new AMQP.BasicProperties.Builder()
                .deliveryMode(DURABLE)
                .contentType(message.isText() ? "application/json" : "application/octet-stream")
                .messageId(Long.toString(message.event().id()))
                .timestamp(Date.from(message.event().time()));
        if (!message.reason().isEmpty()) {
            properties.headers(Map.of(Outgoing.REASON_HEADER, message.reason()));
        }
        return properties.build();
    }

    /// Why the broker closed the channel or the connection.
    private static Outcome closed(ShutdownSignalException e) {
        return switch (e.getReason()) {
            case AMQP.Channel.Close close -> closed(close.getReplyCode(), close.getReplyText());
            case AMQP.Connection.Close close -> closed(close.getReplyCode(), close.getReplyText());
            case null, default ->
                Outcome.retry(e instanceof AlreadyClosedException ? "the connection is closed" : "it hung up");
        };
    }

    private static Outcome closed(int code, String text) {
        String reason = "it answered " + code + ": " + text;
        return code == AMQP.CONTENT_TOO_LARGE || code == AMQP.PRECONDITION_FAILED
                ? new Outcome.Refused(reason)
                : Outcome.retry(reason);
    }
}
