package io.berth.front.mqtt;

import io.berth.core.Problem;
import io.berth.core.message.Delivery;
import io.berth.core.message.Downlink;
import io.berth.core.message.Qos;
import io.berth.dialect.MqttWire;
import io.berth.dialect.Outgoing;
import org.jspecify.annotations.Nullable;

/// The way down of one session: a message gets its vendor's topic and form, and goes to the outbox if the device
/// may have it. Those behind one that a script forms wait for it. All but [#send] runs on the event loop.
final class Sending {
    private final DeviceSession session;
    private final MqttConnection connection;
    private final Dock dock;
    private final Outbox outbox;
    /// Messages to devices whose products have scripts; made for the first.
    private @Nullable Lane scripted;

    Sending(DeviceSession session, Dock dock, Outbox outbox) {
        this.session = session;
        this.connection = session.connection();
        this.dock = dock;
        this.outbox = outbox;
    }

    /// Any thread.
    ///
    /// @param wire the device's own, or that of one behind it
    /// @param lasting whether it may come when the device is back
    void send(MqttWire wire, Downlink downlink, boolean lasting, Delivery delivery) {
        if (!connection.pulse().offer(() -> write(wire, downlink, lasting, delivery))) {
            delivery.failed(Problem.OVERLOADED, "too many messages wait for the devices of this node");
        }
    }

    private void write(MqttWire wire, Downlink downlink, boolean lasting, Delivery delivery) {
        if (!connection.isOnline()) {
            offline(delivery);
        } else if (scripted == null || !scripted.isBusy()) {
            place(wire.write(downlink), lasting, delivery);
        } else if (scripted.waiting() < dock.config().session().maxQueuedDownlinks()) {
            scripted.await(() -> write(wire, downlink, lasting, delivery));
        } else {
            delivery.failed(Problem.OVERLOADED, "too many messages wait for the script of the product");
        }
    }

    private void place(Outgoing outgoing, boolean lasting, Delivery delivery) {
        switch (outgoing) {
            case Outgoing.Refused refused -> delivery.failed(refused.problem(), refused.detail());
            case Outgoing.Publish publish -> deliver(publish, lasting, delivery);
            case Outgoing.Later later -> {
                scripted = scripted != null ? scripted : new Lane(connection);
                scripted.look(later.work()::write, then -> {
                    if (connection.isOnline()) {
                        place(then, lasting, delivery);
                    } else {
                        offline(delivery);
                    }
                });
            }
        }
    }

    private void offline(Delivery delivery) {
        delivery.failed(Problem.DEVICE_OFFLINE, session.session().device() + " is not online any more");
    }

    /// @param lasting whether it may come when the device is back
    void deliver(Outgoing.Publish publish, boolean lasting, Delivery delivery) {
        Qos granted = session.subscriptions().granted(publish.topic());
        if (granted == null && !publish.implicit()) {
            delivery.failed(
                    Problem.NOT_SUBSCRIBED, session.session().device() + " has not subscribed " + publish.topic());
            return;
        }
        Qos qos = granted == null ? publish.implicitQos() : session.wire().deliveryQos(granted, publish.qos());
        dock.platform().traffic().downlink(session.session().dialect(), qos);
        outbox.send(publish.letter(), qos, lasting, delivery);
    }

    /// What waits for a script is given up.
    void abandon() {
        if (scripted != null) {
            scripted.abandon();
        }
    }
}
