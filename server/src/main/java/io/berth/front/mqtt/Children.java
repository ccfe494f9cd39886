package io.berth.front.mqtt;

import io.berth.core.Problem;
import io.berth.core.device.DeviceId;
import io.berth.core.device.DeviceSnapshot;
import io.berth.core.message.Delivery;
import io.berth.core.message.Downlink;
import io.berth.core.product.Product;
import io.berth.core.session.CloseCause;
import io.berth.core.session.Link;
import io.berth.core.session.Session;
import io.berth.core.topic.TopicFilter;
import io.berth.dialect.Branches;
import io.berth.dialect.MqttWire;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The devices behind one connection. Each has a session whose link leads over the connection; when the
/// connection ends, all of them do. Any thread.
final class Children implements Branches {
    private final DeviceSession parent;
    private final MqttPlatform platform;
    private final ConcurrentHashMap<DeviceId, Child> live = new ConcurrentHashMap<>();
    private boolean over;

    Children(DeviceSession parent, MqttPlatform platform) {
        this.parent = parent;
        this.platform = platform;
    }

    @Override
    public boolean attach(DeviceSnapshot snapshot, MqttWire wire) {
        Child child = new Child(snapshot, wire);
        // under the lock, so that a child that comes while the connection ends does not outlive it
        synchronized (this) {
            if (over) {
                return false;
            }
            live.put(snapshot.id(), child);
            platform.sessions().attach(child.session);
        }
        parent.childrenChanged();
        return true;
    }

    @Override
    public boolean detach(DeviceId device, CloseCause cause) {
        Child child = live.get(device);
        return child != null && leave(child, cause);
    }

    @Override
    public boolean isAttached(DeviceId device) {
        return live.containsKey(device);
    }

    @Override
    public List<DeviceId> attached() {
        return List.copyOf(live.keySet());
    }

    int count() {
        return live.size();
    }

    @Nullable
    Session session(DeviceId device) {
        Child child = live.get(device);
        return child == null ? null : child.session;
    }

    @Override
    public @Nullable MqttWire wire(DeviceId device) {
        Child child = live.get(device);
        return child == null ? null : child.wire;
    }

    /// The connection is over.
    void end() {
        synchronized (this) {
            over = true;
        }
        live.values().forEach(child -> remove(child, CloseCause.GATEWAY_GONE));
    }

    private boolean leave(Child child, CloseCause cause) {
        boolean was = remove(child, cause);
        if (was) {
            parent.childrenChanged();
        }
        return was;
    }

    /// False when the child left already, or came again meanwhile.
    private boolean remove(Child child, CloseCause cause) {
        boolean was = live.remove(child.session.device(), child);
        if (was) {
            platform.sessions().detach(child.session, cause);
        }
        return was;
    }

    private final class Child implements Link {
        private final MqttWire wire;
        private final Session session;
        private volatile DeviceSnapshot snapshot;

        Child(DeviceSnapshot snapshot, MqttWire wire) {
            this.snapshot = snapshot;
            this.wire = wire;
            Session gateway = parent.session();
            this.session = new Session(
                    snapshot.id(),
                    gateway.dialect(),
                    gateway.address(),
                    platform.clock().instant(),
                    this,
                    gateway.device());
        }

        @Override
        public void send(Downlink downlink, Delivery delivery) {
            if (live.get(session.device()) == this) {
                parent.sendThrough(wire, downlink, delivery);
            } else {
                delivery.failed(Problem.DEVICE_OFFLINE, session.device() + " is not online any more");
            }
        }

        /// It is there as long as its gateway does not say otherwise, and lives.
        @Override
        public Instant lastHeard() {
            return parent.lastHeard();
        }

        @Override
        public void close(CloseCause cause) {
            leave(this, cause);
        }

        @Override
        public CompletionStage<List<TopicFilter>> filters() {
            return parent.filters(session.device());
        }

        @Override
        public CompletionStage<Void> productChanged(Product product) {
            CompletableFuture<Void> done = new CompletableFuture<>();
            parent.connection().pulse().post(() -> {
                snapshot = snapshot.withProduct(product);
                wire.update(snapshot);
                parent.childrenChanged();
                done.complete(null);
            });
            return done;
        }
    }
}
