package io.berth.rule;

import static io.berth.core.ProblemException.require;

import io.berth.core.Problem;
import io.berth.core.device.DeviceId;
import io.berth.core.message.Delivery;
import io.berth.core.message.DeliveryState;
import io.berth.core.message.Downlink;
import io.berth.core.message.Qos;
import io.berth.core.session.Downlinks;
import io.berth.core.topic.Topic;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Sends each message to a device. A message that a rule sends is no event, so rules cannot feed one another
/// in a circle; a device that answers each message it gets with another is slowed down by the action's rate.
public final class MqttDestination implements Destination {
    private final DestinationConfig.Mqtt config;
    private final Template topic;
    private final Template product;
    private final Template device;
    private final Downlinks downlinks;
    private final Duration patience;

    public MqttDestination(DestinationConfig.Mqtt config, Downlinks downlinks, Duration patience) {
        this.config = config;
        this.topic = Template.of(config.topic());
        require(
                (config.product() == null) == (config.device() == null),
                "\"product\" and \"device\" go together; without them the topic names both");
        require(
                config.product() != null || config.topic().matches("/[^/]+/[^/]+/.+"),
                "\"topic\" is /PRODUCT/DEVICE/…, or \"product\" and \"device\" are given");
        require(config.qos() == 0 || config.qos() == 1, "\"qos\" is 0 or 1");
        this.product = Template.of(config.product() == null ? level(1) : config.product());
        this.device = Template.of(config.device() == null ? level(2) : config.device());
        this.downlinks = downlinks;
        this.patience = patience;
    }

    @Override
    public Outcome send(Outgoing message) throws InterruptedException {
        String text = topic.fill(message, MqttDestination::oneLevel);
        DeviceId to = device(product.fill(message), device.fill(message));
        if (!Topic.isValid(text)) {
            throw new UnfitException("\"" + text + "\" is no topic");
        }
        Qos qos = config.qos() == 0 ? Qos.AT_MOST_ONCE : Qos.AT_LEAST_ONCE;
        Told told = new Told(qos);
        downlinks.send(to, new Downlink.Message(text, qos, message.body()), told);
        try {
            return told.outcome.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException _) {
            return Outcome.retry(to + " did not confirm the message within " + patience.toMillis() + " ms");
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        // holds nothing
    }

    private String level(int number) {
        return config.topic().split("/", -1)[number];
    }

    private static DeviceId device(String product, String name) {
        if (!DeviceId.isValid(product, name)) {
            throw new UnfitException("\"" + product + "/" + name + "\" is no device");
        }
        return new DeviceId(product, name);
    }

    /// A value that brought levels of its own could reach topics the rule does not mean.
    private static String oneLevel(String value) {
        if (value.isEmpty() || value.chars().anyMatch(c -> c == '/' || c == '+' || c == '#' || c == 0)) {
            throw new UnfitException("\"" + value + "\" is no level of a topic");
        }
        return value;
    }

    /// Hears what becomes of the message. A device that is away or has not asked for the topic says nothing
    /// about the next message, which may be for another one.
    private static final class Told implements Delivery {
        private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();
        private final Qos qos;

        Told(Qos qos) {
            this.qos = qos;
        }

        @Override
        public void reached(DeliveryState state) {
            boolean done = switch (state) {
                case QUEUED, ACKNOWLEDGED -> true;
                case SENT -> qos == Qos.AT_MOST_ONCE;
            };
            if (done) {
                outcome.complete(Outcome.DONE);
            }
        }

        @Override
        public void sentUnconfirmed() {
            outcome.complete(Outcome.DONE);
        }

        @Override
        public void failed(Problem problem, String detail) {
            outcome.complete(
                    switch (problem) {
                        case OVERLOADED, STORAGE_UNAVAILABLE, CONNECTION_LOST, LIMIT_REACHED -> Outcome.retry(detail);
                        default -> new Outcome.Refused(detail);
                    });
        }
    }
}
