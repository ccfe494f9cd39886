package io.berth.front.mqtt;

import io.berth.core.device.DeviceId;
import io.berth.core.device.DeviceSnapshot;
import io.berth.core.message.Delivery;
import io.berth.core.message.Downlink;
import io.berth.core.product.Product;
import io.berth.core.session.CloseCause;
import io.berth.core.session.Link;
import io.berth.core.session.Session;
import io.berth.core.session.SessionStore.StoredSession;
import io.berth.core.topic.TopicFilter;
import io.berth.dialect.MqttLogins;
import io.berth.dialect.MqttWire;
import io.berth.dialect.Outgoing;
import io.berth.front.mqtt.MqttConfig.SessionLimits;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.netty.handler.codec.mqtt.MqttSubscribeMessage;
import io.netty.handler.codec.mqtt.MqttUnsubscribeMessage;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// A device that is logged in: its messages up and down. All methods run on the event loop but those of [Link].
final class DeviceSession implements Link {
    private final MqttConnection connection;
    private final Dock dock;
    private final MqttWire wire;
    private final Terms terms;
    private final Session session;
    private final Subscriptions subscriptions;
    private final Publishing publishing;
    private final Outbox outbox;
    private final Sending sending;
    private final Children children;
    private final @Nullable Backlog backlog;
    private DeviceSnapshot snapshot;
    private int expirySeconds;

    DeviceSession(MqttConnection connection, Dock dock, MqttLogins.Outcome.Accepted login, Terms terms) {
        this.connection = connection;
        this.dock = dock;
        this.wire = login.wire();
        this.terms = terms;
        this.snapshot = login.device();
        this.expirySeconds = terms.expirySeconds();
        DeviceId device = login.device().id();
        SessionLimits limits = dock.config().session();
        this.session = new Session(
                device,
                login.dialect(),
                connection.peer().address(),
                dock.platform().clock().instant(),
                this,
                null,
                login.certificate());
        this.subscriptions = new Subscriptions(limits.maxSubscriptions());
        this.children = new Children(this, dock.platform());
        this.publishing = new Publishing(this, dock);
        this.backlog =
                terms.lasting() ? new Backlog(connection, dock.platform(), device, limits.maxQueuedDownlinks()) : null;
        this.outbox = new Outbox(connection, limits, terms.client(), backlog);
        this.sending = new Sending(this, dock, outbox);
    }

    /// What client and server agreed on at CONNECT.
    ///
    /// @param lasting whether the store keeps anything of this session
    /// @param expirySeconds how long it does so after the connection
    record Terms(boolean lasting, int expirySeconds, Outbox.ClientLimits client) {}

    /// The session is live.
    void opened() {
        wire.opened(children);
    }

    void resume(StoredSession stored) {
        subscriptions.restore(stored.subscriptions());
        if (backlog != null) {
            backlog.resume(outbox, stored);
        }
    }

    // ---- up ----

    void publish(MqttPublishMessage packet) {
        publishing.publish(packet);
    }

    void counted(String kind, long arrived) {
        dock.platform().traffic().uplink(session.dialect(), kind, System.nanoTime() - arrived);
    }

    void released(int packetId) {
        connection.outlet().write(Packets.pubcomp(connection.alloc(), packetId));
    }

    void subscribe(MqttSubscribeMessage packet) {
        new Subscribing(this, dock).subscribe(packet);
    }

    void unsubscribe(MqttUnsubscribeMessage packet) {
        new Subscribing(this, dock).unsubscribe(packet);
    }

    // ---- down ----

    @Override
    public void send(Downlink downlink, Delivery delivery) {
        sending.send(wire, downlink, isLasting(downlink), delivery);
    }

    /// Sends to a device behind this one: what it does not get now, it never gets. What was sent before it
    /// left goes out still.
    void sendThrough(MqttWire child, Downlink downlink, Delivery delivery) {
        sending.send(child, downlink, false, delivery);
    }

    /// A message may come late. A question may not: whoever asked waits no longer when the device is back.
    private static boolean isLasting(Downlink downlink) {
        return switch (downlink) {
            case Downlink.Message _ -> true;
            case Downlink.SystemDownlink _, Downlink.Broadcast _ -> false;
        };
    }

    /// An answer of the dialect to what the device sent.
    void reply(Outgoing.Publish reply) {
        sending.deliver(reply, false, Delivery.UNWATCHED);
    }

    void acknowledged(int packetId) {
        outbox.acknowledged(packetId);
    }

    @Override
    public void messagesKept() {
        if (backlog != null) {
            connection.pulse().post(backlog::lookAgain);
        }
    }

    // ---- life ----

    @Override
    public void close(CloseCause cause) {
        connection.pulse().post(() -> connection.close(cause));
    }

    @Override
    public Instant lastHeard() {
        return connection.lastHeard();
    }

    @Override
    public CompletionStage<Void> productChanged(Product product) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        connection.pulse().post(() -> {
            snapshot = snapshot.withProduct(product);
            wire.update(snapshot);
            publishing.forgetRoutes();
            done.complete(null);
        });
        return done;
    }

    @Override
    public CompletionStage<List<TopicFilter>> filters() {
        return filters(null);
    }

    /// What was asked for a device behind this one, or for this one itself.
    CompletionStage<List<TopicFilter>> filters(@Nullable DeviceId child) {
        CompletableFuture<List<TopicFilter>> asked = new CompletableFuture<>();
        connection
                .pulse()
                .post(() -> asked.complete(subscriptions.filters().stream()
                        .filter(filter -> Objects.equals(child, wire.childOf(filter)))
                        .toList()));
        return asked;
    }

    /// A device behind this one came, went or changed.
    void childrenChanged() {
        connection.pulse().post(() -> {
            publishing.forgetRoutes();
            publishing.allow(1 + children.count());
            subscriptions.allow(1 + children.count());
        });
    }

    Children children() {
        return children;
    }

    /// The end of a turn of reading.
    void settle() {
        publishing.drain();
        if (backlog != null) {
            backlog.settle();
        }
    }

    void writable() {
        outbox.pump();
    }

    void beat(int now) {
        outbox.beat(now);
    }

    boolean hasPendingUplinks() {
        return !connection.gate().isIdle();
    }

    /// The client changed at its goodbye how long the session lasts (MQTT 5.0 section 3.14.2.2.2); false when
    /// it may not.
    boolean expireAfter(int seconds) {
        if (expirySeconds == 0 && seconds != 0) {
            return false;
        }
        expirySeconds = Properties5.bounded(seconds, dock.config().session().expiry());
        return true;
    }

    void end(CloseCause cause) {
        outbox.abandon();
        sending.abandon();
        children.end();
        dock.platform().sessions().detach(session, cause);
        if (backlog != null) {
            leave(backlog, cause);
        }
    }

    private void leave(Backlog backlog, CloseCause cause) {
        DeviceId device = session.device();
        if (cause == CloseCause.TAKEN_OVER) {
            // what this connection stored last, the newer one has not seen
            dock.platform().sessions().messagesKept(device);
        } else if (expirySeconds == 0) {
            dock.platform().store().delete(device);
        } else {
            Instant expires = dock.platform().clock().instant().plusSeconds(expirySeconds);
            dock.platform().store().leave(device, expires, backlog.lastSent());
        }
    }

    MqttConnection connection() {
        return connection;
    }

    Session session() {
        return session;
    }

    Subscriptions subscriptions() {
        return subscriptions;
    }

    MqttWire wire() {
        return wire;
    }

    boolean isMqtt5() {
        return terms.client().mqtt5();
    }

    boolean isLasting() {
        return terms.lasting();
    }
}
