package io.berth.core.session;

import io.berth.core.Problem;
import io.berth.core.device.DeviceId;
import io.berth.core.message.Delivery;
import io.berth.core.message.DeliveryState;
import io.berth.core.message.Downlink;
import io.berth.core.message.Event;
import io.berth.core.message.Events;
import io.berth.core.message.Fact;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// Messages of applications to devices. Each has an id under which whoever follows commands hears how far it
/// gets. Never blocks; any thread.
public final class Messages {
    /// Beside SENT: the vendors count such a message as delivered.
    private static final String UNCONFIRMED = "sent at QoS 0: the device confirms nothing";

    private final Downlinks downlinks;
    private final Events events;
    private final AtomicLong ids;
    private volatile Keeper keeper = (_, _) -> Delivery.UNWATCHED;

    /// Writes down how far messages get.
    @FunctionalInterface
    public interface Keeper {
        /// Hears on of a message that a session kept while its device was away.
        Delivery resumed(DeviceId device, String id);
    }

    /// A message as those who follow it know it.
    ///
    /// @param name what its application calls it, empty when nothing
    public record Known(DeviceId device, String id, String name, String topic) {}

    /// @param firstId where ids start: differs from start to start
    public Messages(Downlinks downlinks, Events events, long firstId) {
        this.downlinks = downlinks;
        this.events = events;
        this.ids = new AtomicLong(firstId);
    }

    /// To be called before any device attaches.
    public void follow(Keeper keeping) {
        keeper = keeping;
    }

    /// An id for a message that its application gave none.
    public String nextId() {
        return Long.toString(ids.incrementAndGet());
    }

    /// @param id null when the application does not know it by one
    /// @param delivery hears the same as those who follow commands
    public void send(DeviceId device, @Nullable String id, Downlink.Message message, Delivery delivery) {
        if (events.wants(device, Event.Kind.COMMAND)) {
            Known known = new Known(device, id == null ? nextId() : id, delivery.called(), message.topic());
            downlinks.send(device, message, new Followed(known, delivery));
        } else {
            downlinks.send(device, message, delivery);
        }
    }

    /// Goes on telling of a message that was kept while its device was away.
    ///
    /// @param id empty when nobody follows it
    public Delivery resumed(DeviceId device, String id, String topic) {
        if (id.isEmpty()) {
            return Delivery.UNWATCHED;
        }
        Delivery delivery = keeper.resumed(device, id);
        return new Followed(new Known(device, id, delivery.called(), topic), delivery);
    }

    /// Tells that somebody keeps a message until its device is there.
    public void kept(Known message) {
        tell(message, DeliveryState.QUEUED, null, "");
    }

    /// Tells that whoever kept a message sends it no more.
    public void failed(Known message, Problem problem, String detail) {
        tell(message, DeliveryState.QUEUED, problem, detail);
    }

    private void tell(Known message, DeliveryState state, @Nullable Problem problem, String detail) {
        events.tell(
                message.device(),
                null,
                new Fact.MessageProgress(message.id(), message.name(), message.topic(), state, problem, detail));
    }

    private final class Followed implements Delivery {
        private final Known message;
        private final Delivery delivery;
        private volatile DeliveryState last = DeliveryState.QUEUED;

        Followed(Known message, Delivery delivery) {
            this.message = message;
            this.delivery = delivery;
        }

        @Override
        public String knownAs() {
            return message.id();
        }

        @Override
        public String called() {
            return message.name();
        }

        @Override
        public boolean isOver(Problem problem) {
            return delivery.isOver(problem);
        }

        @Override
        public void reached(DeliveryState state) {
            last = state;
            tell(message, last, null, "");
            delivery.reached(state);
        }

        @Override
        public void sentUnconfirmed() {
            last = DeliveryState.SENT;
            tell(message, last, null, UNCONFIRMED);
            delivery.sentUnconfirmed();
        }

        @Override
        public void failed(Problem problem, String detail) {
            if (delivery.isOver(problem)) {
                tell(message, last, problem, detail);
            }
            delivery.failed(problem, detail);
        }
    }
}
