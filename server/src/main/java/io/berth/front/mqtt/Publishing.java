package io.berth.front.mqtt;

import io.berth.core.Payload;
import io.berth.core.message.MessageProperties;
import io.berth.core.message.Qos;
import io.berth.core.message.Uplink;
import io.berth.core.session.CloseCause;
import io.berth.core.session.Session;
import io.berth.dialect.Intake;
import io.berth.dialect.Reading;
import io.berth.dialect.Route;
import io.berth.front.mqtt.PendingUplinks.Ack;
import io.berth.front.mqtt.PendingUplinks.Pending;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import org.jspecify.annotations.Nullable;

/// Takes what one device publishes: finds where its topic leads and hands it on, within the device's quota.
final class Publishing {
    private static final String NOT_ATTACHED = "the child is not attached here";

    private final DeviceSession session;
    private final MqttConnection connection;
    private final Dock dock;
    private final Routes routes;
    private final PendingUplinks uplinks;
    private @Nullable Lane lane;
    private int countedBeat;
    private int publishes;
    private int publishers = 1;

    Publishing(DeviceSession session, Dock dock) {
        this.session = session;
        this.connection = session.connection();
        this.dock = dock;
        this.routes = new Routes(session.wire(), dock.platform().directory());
        this.uplinks = new PendingUplinks(session, connection.gate());
    }

    void publish(MqttPublishMessage packet) {
        int qos = packet.fixedHeader().qosLevel().value();
        if (qos == 2 && !session.wire().toleratesQos2()) {
            connection.close(CloseCause.PROTOCOL_ERROR, Reason.QOS_NOT_SUPPORTED);
            return;
        }
        String topic = topicOf(packet);
        if (topic == null || exceedsQuota()) {
            return;
        }
        if (DeviceLog.isOn()) {
            DeviceLog.write(
                    connection,
                    "published {}, QoS {}, {} bytes",
                    topic,
                    qos,
                    packet.payload().readableBytes());
        }
        int packetId = packet.variableHeader().packetId();
        // a tolerated QoS 2 message is handled as QoS 1 with the handshake of QoS 2
        Ack ack = qos == 0 ? Ack.NONE : qos == 1 ? Ack.PUBACK : Ack.PUBREC;
        Arrived arrived = new Arrived(
                topic,
                copy(packet.payload()),
                Qos.of(qos),
                Properties5.beside(packet.variableHeader().properties()),
                uplinks.open(ack, packetId));
        if (lane != null && lane.isBusy()) {
            // where it leads may be decided by what comes before it
            lane.await(() -> lead(arrived));
        } else {
            lead(arrived);
        }
        if (connection.gate().isFull()) {
            uplinks.drain();
        }
    }

    /// A message whose turn comes.
    private record Arrived(String topic, Payload payload, Qos qos, MessageProperties beside, Pending pending) {}

    private void lead(Arrived arrived) {
        switch (routes.find(arrived.topic())) {
            case Route.Refused refused -> refuse(refused.reason(), arrived.pending());
            case Route.Reader reader -> read(session.session(), reader, arrived);
            case Route.Through through -> {
                Session child = session.children().session(through.child());
                if (child != null) {
                    read(child, through.reader(), arrived);
                } else {
                    refuse(NOT_ATTACHED, arrived.pending());
                }
            }
        }
    }

    private void refuse(String reason, Pending pending) {
        dock.platform().traffic().dropped(reason);
        pending.settle(Reason.NOT_AUTHORISED, null);
    }

    private void read(Session from, Route.Reader reader, Arrived arrived) {
        take(from, reader.read(arrived.payload(), arrived.qos()), arrived);
    }

    private void take(Session from, Reading reading, Arrived arrived) {
        Pending pending = arrived.pending();
        switch (reading) {
            case Reading.Accepted accepted -> {
                accepted.leftOut().forEach(dock.platform().traffic()::dropped);
                pending.accepting(Intake.kindOf(accepted.uplink()), accepted.reply());
                dock.platform().uplinks().accept(from, whole(accepted.uplink(), arrived.beside()), pending);
            }
            case Reading.Answered answered -> pending.settle(Reason.SUCCESS, answered.reply());
            case Reading.Dropped dropped -> {
                dock.platform().traffic().dropped(dropped.reason());
                pending.settle(Reason.SUCCESS, dropped.reply());
            }
            case Reading.Through through -> {
                Session child = session.children().session(through.child());
                take(
                        child != null ? child : from,
                        child != null ? through.reading() : new Reading.Dropped(NOT_ATTACHED, null),
                        arrived);
            }
            case Reading.Later later -> {
                lane = lane != null ? lane : new Lane(connection);
                lane.look(later.work()::read, then -> take(from, then, arrived));
            }
        }
    }

    private static Uplink whole(Uplink uplink, MessageProperties beside) {
        return uplink instanceof Uplink.Message message && !beside.isEmpty() ? message.with(beside) : uplink;
    }

    /// Null when the packet broke the protocol, and the connection is closed.
    private @Nullable String topicOf(MqttPublishMessage packet) {
        String topic = packet.variableHeader().topicName();
        Integer alias = Properties5.topicAlias(packet.variableHeader().properties());
        if (alias != null) {
            if (alias < 1 || alias > dock.config().session().maxTopicAliases()) {
                connection.close(CloseCause.PROTOCOL_ERROR, Reason.TOPIC_ALIAS_INVALID);
                return null;
            }
            if (topic.isEmpty()) {
                topic = routes.aliased(alias);
            } else {
                routes.alias(alias, topic);
            }
        }
        if (topic == null || topic.isEmpty()) {
            connection.close(CloseCause.PROTOCOL_ERROR);
            return null;
        }
        return topic;
    }

    private boolean exceedsQuota() {
        int quota = dock.config().quotas().publishesPerSecond();
        if (quota == 0) {
            return false;
        }
        if (countedBeat != connection.beat()) {
            countedBeat = connection.beat();
            publishes = 0;
        }
        if (++publishes <= (long) quota * publishers) {
            return false;
        }
        dock.platform().traffic().dropped("publish quota");
        return true;
    }

    private static Payload copy(ByteBuf content) {
        byte[] bytes = new byte[content.readableBytes()];
        content.readBytes(bytes);
        return Payload.owned(bytes);
    }

    /// Acknowledges what was accepted meanwhile.
    void drain() {
        uplinks.drain();
    }

    /// The rights of the device changed.
    void forgetRoutes() {
        routes.forget();
    }

    /// So many devices publish on this connection.
    void allow(int devices) {
        publishers = devices;
        routes.allow(devices);
    }
}
