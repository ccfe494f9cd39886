package io.berth.front.mqtt;

import io.berth.core.login.Refusal;
import io.berth.core.session.CloseCause;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.mqtt.MqttConnectMessage;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageIdVariableHeader;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.netty.handler.codec.mqtt.MqttReasonCodeAndPropertiesVariableHeader;
import io.netty.handler.codec.mqtt.MqttSubscribeMessage;
import io.netty.handler.codec.mqtt.MqttUnsubscribeMessage;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Which packets a client may send when, and who takes each: first one CONNECT, then no second one, and at no
/// time what only a server sends.
final class Reception {
    private static final Logger LOG = LoggerFactory.getLogger(Reception.class);

    /// Packets a client may send before its CONNACK; their bytes are bounded by one read of the socket.
    private static final int MAX_EARLY = 4096;

    private final MqttConnection connection;
    private final Dock dock;
    private @Nullable ArrayDeque<MqttMessage> early;

    Reception(MqttConnection connection, Dock dock) {
        this.connection = connection;
        this.dock = dock;
    }

    void receive(MqttMessage packet) {
        if (packet.decoderResult().isFailure()) {
            ReferenceCountUtil.release(packet);
            malformed(packet);
            return;
        }
        switch (connection.phase()) {
            case AWAITING_CONNECT -> {
                if (packet instanceof MqttConnectMessage connect && isSound(connect)) {
                    connection.opening();
                    new Opening(connection, dock, connect).begin();
                } else {
                    ReferenceCountUtil.release(packet);
                    violated("first packet");
                }
            }
            case OPENING -> hold(packet);
            case ENROLLED -> ignore(packet);
            case ONLINE -> handle(packet);
            case CLOSING, CLOSED -> ReferenceCountUtil.release(packet);
        }
    }

    /// MQTT 3.1.1 section 3.1.2: a password needs a user name, a will QoS is at most 2 and needs a will.
    private static boolean isSound(MqttConnectMessage packet) {
        var header = packet.variableHeader();
        boolean password = header.version() == 5 || header.hasUserName() || !header.hasPassword();
        boolean will = header.isWillFlag() ? header.willQos() <= 2 : header.willQos() == 0 && !header.isWillRetain();
        return password && will;
    }

    /// A client need not wait for its CONNACK (MQTT 3.1.1 section 3.1.4).
    private void hold(MqttMessage packet) {
        if (early == null) {
            early = new ArrayDeque<>();
        }
        if (packet instanceof MqttConnectMessage || early.size() >= MAX_EARLY) {
            ReferenceCountUtil.release(packet);
            violated("second connect");
        } else {
            early.add(packet);
        }
    }

    /// What a device sends that was given credentials: it has to log in with them first (spec aliyun-device
    /// 1.4).
    private void ignore(MqttMessage packet) {
        ReferenceCountUtil.release(packet);
        switch (packet.fixedHeader().messageType()) {
            case PINGREQ -> connection.outlet().write(Packets.pingresp(connection.alloc()));
            case DISCONNECT -> connection.close(CloseCause.DISCONNECTED);
            case PUBLISH, PUBACK, PUBREL, SUBSCRIBE, UNSUBSCRIBE -> connection.dropped("not logged in");
            case CONNECT, CONNACK, PUBREC, PUBCOMP, SUBACK, UNSUBACK, PINGRESP, AUTH ->
                violated(packet.fixedHeader().messageType().name().toLowerCase(Locale.ROOT));
        }
    }

    private void handle(MqttMessage packet) {
        DeviceSession device = connection.session();
        connection.heard();
        switch (packet.fixedHeader().messageType()) {
            case PUBLISH -> {
                MqttPublishMessage publish = (MqttPublishMessage) packet;
                try {
                    device.publish(publish);
                } finally {
                    publish.release();
                }
            }
            case PUBACK -> device.acknowledged(packetId(packet));
            case PUBREL -> device.released(packetId(packet));
            case SUBSCRIBE -> device.subscribe((MqttSubscribeMessage) packet);
            case UNSUBSCRIBE -> device.unsubscribe((MqttUnsubscribeMessage) packet);
            case PINGREQ -> connection.outlet().write(Packets.pingresp(connection.alloc()));
            case DISCONNECT -> disconnected(device, packet);
            case CONNECT, CONNACK, PUBREC, PUBCOMP, SUBACK, UNSUBACK, PINGRESP, AUTH ->
                violated(packet.fixedHeader().messageType().name().toLowerCase(Locale.ROOT));
        }
    }

    private void disconnected(DeviceSession device, MqttMessage packet) {
        Integer expiry = packet.variableHeader() instanceof MqttReasonCodeAndPropertiesVariableHeader header
                ? Properties5.sessionExpiry(header.properties())
                : null;
        boolean sound = expiry == null || device.expireAfter(expiry);
        connection.close(sound ? CloseCause.DISCONNECTED : CloseCause.PROTOCOL_ERROR);
    }

    private static int packetId(MqttMessage packet) {
        return ((MqttMessageIdVariableHeader) packet.variableHeader()).messageId();
    }

    private void malformed(MqttMessage packet) {
        Throwable cause = packet.decoderResult().cause();
        LOG.debug(
                "{}: malformed packet from {}",
                dock.listener().name(),
                connection.peer().address(),
                cause);
        UnreadConnect unread = connection.phase() == Phase.AWAITING_CONNECT ? UnreadConnect.of(cause) : null;
        if (unread != null) {
            refuse(unread);
        } else {
            connection.dropped("malformed packet");
            connection.close(
                    CloseCause.PROTOCOL_ERROR,
                    cause instanceof TooLongFrameException ? Reason.PACKET_TOO_LARGE : Reason.MALFORMED_PACKET);
        }
    }

    private void refuse(UnreadConnect unread) {
        MqttPlatform platform = dock.platform();
        Refusal refusal = unread.refusal(
                platform.clock().instant(),
                connection.peer().facts(dock.listener().name()));
        platform.traffic().login(refusal.dialect(), refusal.fault().name().toLowerCase(Locale.ROOT), 0);
        platform.refusals().add(refusal);
        connection.refuse(
                Packets.connack(connection.alloc(), false, unread.answer().code()));
    }

    private void violated(String what) {
        connection.dropped("protocol violation");
        LOG.debug(
                "{}: {} broke the protocol: unexpected {}",
                dock.listener().name(),
                connection.peer().address(),
                what);
        connection.close(CloseCause.PROTOCOL_ERROR);
    }

    /// Takes up what came in before the CONNACK.
    void proceed() {
        while (early != null && !early.isEmpty()) {
            receive(early.remove());
        }
        early = null;
    }

    /// Throws away what came in before the CONNACK.
    void forget() {
        if (early != null) {
            early.forEach(ReferenceCountUtil::release);
            early = null;
        }
    }
}
