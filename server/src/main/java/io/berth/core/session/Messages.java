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
            String known = id == null ? nextId() : id;
            downlinks.send(device, message, new Followed(device, known, message.topic(), delivery));
        } else {
            downlinks.send(device, message, delivery);
        }
    }

    /// Goes on telling of a message that was kept while its device was away.
    ///
    /// @param id empty when nobody follows it
    public Delivery resumed(DeviceId device, String id, String topic) {
        return id.isEmpty() ? Delivery.UNWATCHED : new Followed(device, id, topic, keeper.resumed(device, id));
    }

    /// Tells that a message was not delivered in time.
    public void gaveUp(DeviceId device, String id, String topic, String detail) {
        if (events.wants(device, Event.Kind.COMMAND)) {
            new Followed(device, id, topic, Delivery.UNWATCHED).failed(Problem.TIMED_OUT, detail);
        }
    }

    private final class Followed implements Delivery {
        private final DeviceId device;
        private final String id;
        private final String topic;
        private final Delivery delivery;
        private volatile DeliveryState last = DeliveryState.QUEUED;

        Followed(DeviceId device, String id, String topic, Delivery delivery) {
            this.device = device;
            this.id = id;
            this.topic = topic;
            this.delivery = delivery;
        }

        @Override
        public String knownAs() {
            return id;
        }

        @Override
        public void reached(DeliveryState state) {
            last = state;
            tell(null, "");
            delivery.reached(state);
        }

        @Override
        public void sentUnconfirmed() {
            last = DeliveryState.SENT;
            tell(null, UNCONFIRMED);
            delivery.sentUnconfirmed();
        }

        @Override
        public void failed(Problem problem, String detail) {
            tell(problem, detail);
            delivery.failed(problem, detail);
        }

        private void tell(@Nullable Problem problem, String detail) {
            events.tell(device, null, new Fact.MessageProgress(id, "", topic, last, problem, detail));
        }
    }
}
