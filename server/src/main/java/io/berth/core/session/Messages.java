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

    /// @param firstId where ids start: differs from start to start
    public Messages(Downlinks downlinks, Events events, long firstId) {
        this.downlinks = downlinks;
        this.events = events;
        this.ids = new AtomicLong(firstId);
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
