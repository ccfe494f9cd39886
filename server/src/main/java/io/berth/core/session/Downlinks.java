package io.berth.core.session;

import io.berth.core.Problem;
import io.berth.core.device.DeviceId;
import io.berth.core.message.Delivery;
import io.berth.core.message.DeliveryState;
import io.berth.core.message.Downlink;
import io.berth.core.message.Qos;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Brings messages to devices: over the live session, or into the stored session of a device that is away and
/// asked on the topic before it left. Never blocks; any thread.
public final class Downlinks {
    private final Sessions sessions;
    private final SessionStore store;

    public Downlinks(Sessions sessions, SessionStore store) {
        this.sessions = sessions;
        this.store = store;
    }

    public void send(DeviceId device, Downlink downlink, Delivery delivery) {
        Session live = sessions.hearing(device);
        if (live != null) {
            live.link().send(downlink, delivery);
        } else if (downlink instanceof Downlink.Message message && message.qos() == Qos.AT_LEAST_ONCE) {
            keep(device, message, delivery);
        } else {
            delivery.failed(Problem.DEVICE_OFFLINE, device + " is not online");
        }
    }

    /// Sends a broadcast to every attached device of the product; answers how many it was offered to. Devices
    /// behind one gateway get it together: it has one topic for all of them.
    public int broadcast(String product, Downlink.Broadcast broadcast) {
        List<Session> attached = sessions.ofProduct(product);
        Set<DeviceId> gateways = new HashSet<>();
        for (Session session : attached) {
            if (session.gateway() == null || gateways.add(session.gateway())) {
                session.link().send(broadcast, Delivery.UNWATCHED);
            }
        }
        return attached.size();
    }

    private void keep(DeviceId device, Downlink.Message message, Delivery delivery) {
        store.enqueueIfSubscribed(device, message, delivery.knownAs()).whenComplete((kept, failure) -> {
            if (failure != null) {
                delivery.failed(Problem.STORAGE_UNAVAILABLE, "the message could not be stored");
                return;
            }
            switch (kept) {
                case KEPT -> {
                    delivery.reached(DeliveryState.QUEUED);
                    sessions.messagesKept(device);
                }
                case NO_SESSION ->
                    delivery.failed(Problem.DEVICE_OFFLINE, device + " is not online and keeps no session");
                case NOT_SUBSCRIBED ->
                    delivery.failed(Problem.NOT_SUBSCRIBED, device + " has not subscribed " + message.topic());
                case FULL -> delivery.failed(Problem.LIMIT_REACHED, "the queue of " + device + " is full");
            }
        });
    }
}
