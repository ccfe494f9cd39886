package io.berth.front.mqtt;

import io.berth.core.Payload;
import io.berth.core.message.Qos;
import io.berth.core.message.Uplink;
import io.berth.core.session.CloseCause;
import io.berth.dialect.Reading;
import io.berth.dialect.Route;
import io.berth.front.mqtt.PendingUplinks.Ack;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import org.jspecify.annotations.Nullable;

/// Takes what one device publishes: finds where its topic leads and hands it on, within the device's quota.
final class Publishing {
    private final DeviceSession session;
    private final MqttConnection connection;
    private final Dock dock;
    private final Routes routes;
    private final PendingUplinks uplinks;
    private int countedBeat;
    private int publishes;

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
        switch (routes.find(topic)) {
            case Route.Refused refused -> {
                dock.platform().traffic().dropped(refused.reason());
                uplinks.settled(ack, packetId, Reason.NOT_AUTHORISED, null);
            }
            case Route.Reader reader -> take(reader.read(copy(packet.payload()), Qos.of(qos)), ack, packetId);
        }
        if (connection.gate().isFull()) {
            uplinks.drain();
        }
    }

    private void take(Reading reading, Ack ack, int packetId) {
        switch (reading) {
            case Reading.Accepted accepted ->
                dock.platform()
                        .uplinks()
                        .accept(
                                session.session(),
                                accepted.uplink(),
                                uplinks.await(ack, packetId, kindOf(accepted.uplink()), accepted.reply()));
            case Reading.Answered answered -> uplinks.settled(ack, packetId, Reason.SUCCESS, answered.reply());
            case Reading.Dropped dropped -> {
                dock.platform().traffic().dropped(dropped.reason());
                uplinks.settled(ack, packetId, Reason.SUCCESS, dropped.reply());
            }
        }
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
        if (++publishes <= quota) {
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

    private static String kindOf(Uplink uplink) {
        return switch (uplink) {
            case Uplink.Message _ -> "message";
            case Uplink.PropertyReport _ -> "property";
            case Uplink.EventReport _ -> "event";
            case Uplink.Reply _ -> "reply";
            case Uplink.Info _ -> "info";
        };
    }

    /// Acknowledges what was accepted meanwhile.
    void drain() {
        uplinks.drain();
    }

    /// The rights of the device changed.
    void forgetRoutes() {
        routes.forget();
    }
}
