package io.berth.stream.amqp;

import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.message.EventFormat;
import io.berth.core.subscription.ConsumerGroup;
import io.berth.core.subscription.Readers.Peer;
import io.berth.stream.group.Consumer;
import java.util.Optional;
import org.apache.qpid.protonj2.types.Symbol;
import org.apache.qpid.protonj2.types.messaging.Source;
import org.apache.qpid.protonj2.types.transport.AmqpError;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Finds the group a link is for and becomes one of its consumers, off the event loop.
final class Attaching {
    private static final Logger LOG = LoggerFactory.getLogger(Attaching.class);

    private final AmqpConnection connection;
    private final SubscriberLink link;
    private final @Nullable Source asked;

    /// @param asked where the client wants to read from
    Attaching(AmqpConnection connection, SubscriberLink link, @Nullable Source asked) {
        this.connection = connection;
        this.link = link;
        this.asked = asked;
    }

    /// A link that may open.
    ///
    /// @param source the client's own, as it is answered
    record Attached(ConsumerGroup group, Consumer consumer, Source source) {}

    void start() {
        Thread.ofVirtual().name("amqp attaching").start(this::run);
    }

    private void run() {
        try {
            Attached attached = attach();
            connection.post(() -> link.open(attached));
        } catch (ProblemException e) {
            refuse(condition(e.problem()), String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            LOG.error(
                    "a link of {} could not be attached",
                    connection.subscriber().caller().name(),
                    e);
            refuse(AmqpError.INTERNAL_ERROR, "the server's log has the cause");
        }
    }

    private void refuse(Symbol condition, String why) {
        connection.post(() -> link.refuse(condition, why));
    }

    private Attached attach() {
        AmqpPlatform platform = connection.entrance().platform();
        ConsumerGroup group = group();
        EventFormat format = platform.formats().stream()
                .filter(known -> known.name().equals(group.format()))
                .findFirst()
                .orElseThrow(() -> new ProblemException(
                        Problem.UNSUPPORTED, "nothing writes the format " + group.format() + " of this group"));
        Messages messages = new Messages(connection.subscriber().rules().readsText());
        Rendering rendering = new Rendering(format, messages, events -> connection.post(() -> link.arrived(events)));
        Consumer consumer = platform.readers()
                .attach(
                        group.id(),
                        connection.entrance().config().link().acknowledgeWithin(),
                        new Intake(rendering, connection, link));
        return new Attached(group, consumer, answer(group));
    }

    private ConsumerGroup group() {
        ConsumerGroup named = connection.subscriber().group();
        if (named != null) {
            return named; // spec aliyun-openapi 4.1: whatever the source address says
        }
        String address = asked == null ? null : asked.getAddress();
        return Optional.ofNullable(address)
                .flatMap(name -> connection
                        .entrance()
                        .platform()
                        .groups()
                        .find(name, connection.subscriber().caller().rights()))
                .orElseThrow(() -> new ProblemException(
                        Problem.NOT_FOUND,
                        address == null
                                ? "the source address names the consumer group, and there is none"
                                : "there is no consumer group \"" + address + "\""));
    }

    /// The client's own source, so that it recognises it; without the filters, which nobody applies here.
    private Source answer(ConsumerGroup group) {
        Source source = asked == null ? new Source() : asked.copy();
        if (source.getAddress() == null) {
            source.setAddress(group.name());
        }
        return source.setFilter(null);
    }

    private static Symbol condition(Problem problem) {
        return switch (problem) {
            case NOT_FOUND -> AmqpError.NOT_FOUND;
            case LIMIT_REACHED, OVERLOADED -> AmqpError.RESOURCE_LIMIT_EXCEEDED;
            case UNSUPPORTED -> AmqpError.NOT_IMPLEMENTED;
            default -> AmqpError.INTERNAL_ERROR;
        };
    }

    /// Where the group's engine hands events in.
    private record Intake(Rendering rendering, AmqpConnection connection, SubscriberLink link)
            implements Consumer.Receiver {
        @Override
        public Peer peer() {
            return connection.peer();
        }

        @Override
        public void deliver(Consumer.Delivered delivered) {
            rendering.add(delivered);
        }

        @Override
        public void ended(String reason) {
            connection.post(() -> link.close(reason));
        }
    }
}
