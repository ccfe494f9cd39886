package io.berth.core.session;

import io.berth.core.Problem;
import io.berth.core.device.DeviceId;
import io.berth.core.message.Delivery;
import io.berth.core.message.DeliveryState;
import io.berth.core.message.Downlink;
import io.berth.core.message.Downlink.Notice.Fate;
import io.berth.core.message.Downlink.TopologyChanged.Change;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// Tells devices what the platform did to them, before they lose their session by it, and gateways what
/// became of the devices behind them (spec aliyun-device 5.3). Who is away hears nothing. Never blocks; any
/// thread.
public final class Notices {
    /// How long a device may take to confirm what it is told.
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final Sessions sessions;
    private final Requests requests;
    private final Topology topology;
    private final Duration patience;

    public Notices(Sessions sessions, Requests requests, Topology topology) {
        this(sessions, requests, topology, PATIENCE);
    }

    Notices(Sessions sessions, Requests requests, Topology topology, Duration patience) {
        this.sessions = sessions;
        this.requests = requests;
        this.topology = topology;
        this.patience = patience;
    }

    /// The device is about to be deleted: gateways lose it and hear so.
    void leaves(DeviceId device) {
        topology.leave(device);
    }

    void enabled(DeviceId device) {
        Session session = sessions.find(device);
        if (session != null) {
            send(session, Fate.ENABLED, Delivery.UNWATCHED);
        }
        tellGateway(device, Change.ENABLED);
    }

    /// The session ends once the device confirmed the notice, or cannot, or took too long.
    void end(DeviceId device, Fate fate, CloseCause cause) {
        Session session = sessions.find(device);
        if (session != null) {
            Told told = new Told(new CompletableFuture<>());
            var _ = told.heard()
                    .completeOnTimeout(true, patience.toMillis(), TimeUnit.MILLISECONDS)
                    .thenAccept(_ -> session.link().close(cause));
            send(session, fate, told);
        }
        if (fate == Fate.DISABLED) {
            tellGateway(device, Change.DISABLED);
        }
    }

    private void send(Session session, Fate fate, Delivery delivery) {
        session.link().send(new Downlink.Notice(requests.nextId(), fate), delivery);
    }

    /// Which gateway it is takes a look into the store, and whoever changed the device need not wait for it.
    private void tellGateway(DeviceId child, Change change) {
        Thread.ofVirtual().name("notices").start(() -> topology.fated(child, change));
    }

    /// What goes out without a confirmation is heard as soon as it is sent.
    private record Told(CompletableFuture<Boolean> heard) implements Delivery {
        @Override
        public void reached(DeliveryState state) {
            if (state == DeliveryState.ACKNOWLEDGED) {
                heard.complete(true);
            }
        }

        @Override
        public void sentUnconfirmed() {
            heard.complete(true);
        }

        @Override
        public void failed(Problem problem, String detail) {
            heard.complete(true);
        }
    }
}
