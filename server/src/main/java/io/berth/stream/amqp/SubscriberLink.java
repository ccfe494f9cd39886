package io.berth.stream.amqp;

import io.berth.stream.amqp.AmqpConfig.LinkLimits;
import io.berth.stream.amqp.Attaching.Attached;
import io.berth.stream.amqp.Rendering.Rendered;
import io.berth.stream.group.Consumer;
import io.berth.stream.group.Consumer.Settlement;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.apache.qpid.protonj2.buffer.ProtonBuffer;
import org.apache.qpid.protonj2.engine.OutgoingDelivery;
import org.apache.qpid.protonj2.engine.Sender;
import org.apache.qpid.protonj2.engine.Session;
import org.apache.qpid.protonj2.engine.impl.ProtonDeliveryTagGenerator;
import org.apache.qpid.protonj2.types.Symbol;
import org.apache.qpid.protonj2.types.UnsignedLong;
import org.apache.qpid.protonj2.types.messaging.Accepted;
import org.apache.qpid.protonj2.types.messaging.Target;
import org.apache.qpid.protonj2.types.transport.AmqpError;
import org.apache.qpid.protonj2.types.transport.DeliveryState;
import org.apache.qpid.protonj2.types.transport.ErrorCondition;
import org.apache.qpid.protonj2.types.transport.ReceiverSettleMode;
import org.apache.qpid.protonj2.types.transport.SenderSettleMode;
import org.jspecify.annotations.Nullable;

/// A receiver of a client, seen from here: moves events from a consumer of its group to the client as far as credit
/// goes, and outcomes back. On the event loop, but for what says otherwise.
final class SubscriberLink {
    /// A client that drains waits for its answer, and what it asked for just now may still be on its way.
    private static final Duration DRAIN_LINGER = Duration.ofMillis(50);

    private final AmqpConnection connection;
    private final Sender sender;
    private final LinkLimits limits;

    /// Messages that wait for credit or for the socket.
    private final Deque<Ready> ready = new ArrayDeque<>();

    private @Nullable Consumer consumer;
    private volatile @Nullable String group;
    private @Nullable ProtonBuffer unfinished;
    private int asked;
    private int unsettled;
    private boolean pumping;
    private boolean lingering;
    private boolean over;

    /// @param since when it came, by the nano clock
    private record Ready(Handed handed, ProtonBuffer bytes, long since) {}

    SubscriberLink(AmqpConnection connection, Sender sender) {
        this.connection = connection;
        this.sender = sender;
        this.limits = connection.entrance().config().link();
    }

    boolean isOf(Session session) {
        return sender.getSession().equals(session);
    }

    /// The id of its group, null before it is attached. Any thread.
    @Nullable
    String group() {
        return group;
    }

    /// Looks for the group, and answers the attach once it is known.
    void begin() {
        sender.closeHandler(_ -> {
            end();
            sender.close();
        });
        sender.detachHandler(_ -> {
            end();
            sender.detach();
        });
        sender.creditStateUpdateHandler(_ -> pump());
        sender.deliveryStateUpdatedHandler(this::updated);
        new Attaching(connection, this, sender.getRemoteSource()).start();
    }

    void open(Attached attached) {
        if (over) {
            attached.consumer().close();
            return;
        }
        consumer = attached.consumer();
        group = attached.group().id();
        boolean isSecond = sender.getRemoteReceiverSettleMode() == ReceiverSettleMode.SECOND;
        sender.setSource(attached.source())
                .setTarget(sender.<Target>getRemoteTarget())
                .setSenderSettleMode(isPresettled() ? SenderSettleMode.SETTLED : SenderSettleMode.UNSETTLED)
                .setReceiverSettleMode(isSecond ? ReceiverSettleMode.SECOND : ReceiverSettleMode.FIRST);
        sender.setDeliveryTagGenerator(ProtonDeliveryTagGenerator.BUILTIN.POOLED.createGenerator());
        sender.open();
        connection.entrance().traffic().linkOpened();
        pump();
    }

    private boolean isPresettled() {
        return sender.getRemoteSenderSettleMode() == SenderSettleMode.SETTLED;
    }

    /// Answers an attach with no link at all: without a source, and closed right away (AMQP 1.0 part 2.6.3).
    void refuse(Symbol condition, String why) {
        if (!over) {
            over = true;
            sender.open();
            sender.setCondition(new ErrorCondition(condition, why));
            sender.close();
            connection.entrance().traffic().dropped("receiver link: " + condition);
            connection.ended(this);
        }
    }

    /// The group is gone, or out of reach.
    void close(String why) {
        if (!over) {
            sender.setCondition(new ErrorCondition(AmqpError.RESOURCE_DELETED, why));
            sender.close();
            end();
        }
    }

    /// Takes no more part: what the client has not settled is the group's again.
    void end() {
        if (over) {
            return;
        }
        over = true;
        ready.clear();
        if (consumer != null) {
            consumer.close();
            connection.entrance().traffic().linkClosed();
        }
        connection.ended(this);
    }

    void arrived(List<Rendered> events) {
        if (over || consumer == null) {
            return; // closing the consumer gave them back
        }
        for (Rendered event : events) {
            asked--;
            switch (event) {
                case Rendered.Told told -> take(told);
                case Rendered.Wordless wordless -> settle(wordless.tag(), Settlement.ACCEPTED, "wordless");
                case Rendered.Broken broken -> settle(broken.tag(), Settlement.FAILED, "failed");
            }
        }
        pump();
    }

    private void take(Rendered.Told told) {
        if (told.messages().stream().anyMatch(this::isTooLarge)) {
            settle(told.tag(), Settlement.REJECTED, "rejected");
            return;
        }
        unsettled++;
        Handed handed = new Handed(told.tag(), told.messages().size());
        long now = System.nanoTime();
        told.messages().forEach(message -> ready.add(new Ready(handed, message, now)));
    }

    private boolean isTooLarge(ProtonBuffer message) {
        UnsignedLong most = sender.getRemoteMaxMessageSize();
        return most != null && most.longValue() > 0 && message.getReadableBytes() > most.longValue();
    }

    /// Sends what can be sent, and asks for more where there is room.
    void pump() {
        if (over || consumer == null || !sender.isLocallyOpen()) {
            return;
        }
        while (connection.outlet().isWritable() && sendNext()) {}
        ask(consumer);
        if (sender.isDraining() && ready.isEmpty() && !lingering) {
            lingering = true;
            connection.postLater(DRAIN_LINGER, this::drained);
        }
    }

    /// Not from within the engine's own walk over deliveries, and once for many of them.
    private void pumpSoon() {
        if (!pumping) {
            pumping = true;
            connection.post(() -> {
                pumping = false;
                pump();
            });
        }
    }

    private boolean sendNext() {
        // right after a drain the engine calls a sender sendable that has no credit
        if (sender.getCredit() == 0 || !sender.isSendable()) {
            return false;
        }
        if (unfinished != null) {
            return write(sender.current(), unfinished);
        }
        Ready next = ready.poll();
        if (next == null) {
            return false;
        }
        if (isStale(next)) {
            settled(next.handed(), Settlement.RELEASED); // the group has given it to another by now
            return true;
        }
        OutgoingDelivery delivery = sender.next();
        if (isPresettled()) {
            delivery.disposition(Accepted.getInstance(), true);
        } else {
            delivery.setLinkedResource(next.handed());
        }
        boolean wholly = write(delivery, next.bytes());
        connection.entrance().traffic().delivered();
        if (isPresettled()) {
            settled(next.handed(), Settlement.ACCEPTED);
        }
        return wholly;
    }

    /// False when the session's window closed before the end; the rest follows when it opens.
    private boolean write(OutgoingDelivery delivery, ProtonBuffer bytes) {
        delivery.writeBytes(bytes);
        unfinished = bytes.isReadable() ? bytes : null;
        return unfinished == null;
    }

    private boolean isStale(Ready next) {
        return !limits.acknowledgeWithin().isZero()
                && System.nanoTime() - next.since()
                        >= limits.acknowledgeWithin().toNanos();
    }

    private void ask(Consumer from) {
        int waiting = asked + ready.size();
        if (waiting > limits.maxAhead() / 2 || !connection.outlet().isWritable()) {
            return;
        }
        int room = Math.min(sender.getCredit() - waiting, limits.maxUnacknowledged() - unsettled - asked);
        int more = Math.min(room, limits.maxAhead() - waiting);
        if (more > 0) {
            asked += more;
            from.request(more);
        }
    }

    private void drained() {
        lingering = false;
        if (!over && sender.isLocallyOpen() && sender.isDraining() && ready.isEmpty() && unfinished == null) {
            sender.drained();
        }
    }

    private void updated(OutgoingDelivery delivery) {
        Handed handed = delivery.getLinkedResource(Handed.class);
        Optional<Settlement> outcome = Outcomes.of(delivery.getRemoteState());
        boolean isSettled = delivery.isRemotelySettled();
        if (over || handed == null || (outcome.isEmpty() && !isSettled)) {
            return;
        }
        delivery.setLinkedResource(null);
        if (isSettled) {
            delivery.settle();
        } else {
            DeliveryState state = delivery.getRemoteState();
            connection.post(() -> confirm(delivery, state)); // it settles second
        }
        settled(handed, outcome.orElseGet(() -> Outcomes.ofSilence(sender.getSource())));
        pumpSoon();
    }

    private void confirm(OutgoingDelivery delivery, DeliveryState state) {
        if (!over) {
            delivery.disposition(state, true);
        }
    }

    private void settled(Handed handed, Settlement outcome) {
        if (handed.settle(outcome)) {
            unsettled--;
            settle(handed.tag(), handed.worst(), Outcomes.word(handed.worst()));
        }
    }

    private void settle(long tag, Settlement settlement, String word) {
        if (consumer != null) {
            consumer.settle(tag, settlement);
            connection.entrance().traffic().settled(word);
        }
    }
}
