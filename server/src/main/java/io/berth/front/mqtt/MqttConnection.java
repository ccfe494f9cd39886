package io.berth.front.mqtt;

import io.berth.core.login.LoginFault;
import io.berth.core.login.Refusal;
import io.berth.core.session.CloseCause;
import io.berth.dialect.ConnectAnswer;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.mqtt.MqttConnectMessage;
import io.netty.handler.codec.mqtt.MqttIdentifierRejectedException;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageIdVariableHeader;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.netty.handler.codec.mqtt.MqttReasonCodeAndPropertiesVariableHeader;
import io.netty.handler.codec.mqtt.MqttSubscribeMessage;
import io.netty.handler.codec.mqtt.MqttUnacceptableProtocolVersionException;
import io.netty.handler.codec.mqtt.MqttUnsubscribeMessage;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One connection from accept to close: which packets may come when, how long it may take, how it ends. Runs on its
/// event
/// loop.
final class MqttConnection extends ChannelInboundHandlerAdapter {
    private static final Logger LOG = LoggerFactory.getLogger(MqttConnection.class);

    /// Packets a client may send before its CONNACK; their bytes are bounded by one read of the socket.
    private static final int MAX_EARLY = 4096;
    /// How long a peer has to read our last words.
    private static final int CLOSING_BEATS = 3;

    private final Dock dock;
    private final LoopPulse pulse;
    private @Nullable ChannelHandlerContext context;
    private @Nullable ReadGate gate;
    private @Nullable DeviceSession session;
    private @Nullable ArrayDeque<MqttMessage> early;
    private Phase phase = Phase.AWAITING_CONNECT;
    private boolean reading;
    private boolean unflushed;
    private boolean draining;
    /// The last beat of a phase that must not last; while online, of the last packet.
    private int mark;

    private int keepAliveBeats;
    /// Where the pulse keeps this connection.
    int place;

    MqttConnection(Dock dock, LoopPulse pulse) {
        this.dock = dock;
        this.pulse = pulse;
    }

    private enum Phase {
        AWAITING_CONNECT,
        OPENING,
        ONLINE,
        CLOSING,
        CLOSED
    }

    // ---- channel ----

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
        gate = new ReadGate(ctx.channel(), dock.config().session().maxPendingUplinks());
        allow(connectBeats());
        pulse.add(this);
        dock.platform().traffic().connectionOpened(dock.listener().name());
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        end(CloseCause.CONNECTION_LOST);
        phase = Phase.CLOSED;
        pulse.remove(this);
        dock.platform().traffic().connectionClosed(dock.listener().name());
        dock.admission().leave();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        end(CloseCause.CONNECTION_LOST);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        reading = true;
        if (message instanceof MqttMessage packet) {
            receive(packet);
        } else {
            ReferenceCountUtil.release(message);
            close(CloseCause.PROTOCOL_ERROR);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        if (session != null) {
            session.settle();
        }
        reading = false;
        if (unflushed) {
            flushNow();
        }
        closeWhenDrained();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        gate().adjust();
        if (session != null && ctx.channel().isWritable()) {
            session.writable();
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof SslHandshakeCompletionEvent handshake && !handshake.isSuccess()) {
            dropped("tls handshake");
            LOG.debug("{}: TLS handshake with {} failed", dock.listener().name(), address(), handshake.cause());
            close(CloseCause.PROTOCOL_ERROR);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (cause instanceof IOException) {
            close(CloseCause.CONNECTION_LOST);
        } else if (cause instanceof DecoderException || cause instanceof TooLongFrameException) {
            dropped("malformed bytes");
            LOG.debug("{}: malformed bytes from {}", dock.listener().name(), address(), cause);
            close(CloseCause.PROTOCOL_ERROR);
        } else {
            Object device = session == null ? "no device" : session.session().device();
            LOG.error("{}: connection of {} from {} failed", dock.listener().name(), device, address(), cause);
            close(CloseCause.INTERNAL_ERROR);
        }
    }

    // ---- packets ----

    private void receive(MqttMessage packet) {
        if (packet.decoderResult().isFailure()) {
            ReferenceCountUtil.release(packet);
            malformed(packet);
            return;
        }
        switch (phase) {
            case AWAITING_CONNECT -> {
                if (packet instanceof MqttConnectMessage connect && isSound(connect)) {
                    phase = Phase.OPENING;
                    allow(connectBeats());
                    new Opening(this, dock, connect).begin();
                } else {
                    ReferenceCountUtil.release(packet);
                    violated("first packet");
                }
            }
            case OPENING -> hold(packet);
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

    private void handle(MqttMessage packet) {
        DeviceSession device = Objects.requireNonNull(session);
        mark = pulse.beat();
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
            case PINGREQ -> write(Packets.pingresp(alloc()));
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
        close(sound ? CloseCause.DISCONNECTED : CloseCause.PROTOCOL_ERROR);
    }

    private static int packetId(MqttMessage packet) {
        return ((MqttMessageIdVariableHeader) packet.variableHeader()).messageId();
    }

    private void malformed(MqttMessage packet) {
        Throwable cause = packet.decoderResult().cause();
        LOG.debug("{}: malformed packet from {}", dock.listener().name(), address(), cause);
        boolean connecting = phase == Phase.AWAITING_CONNECT;
        if (connecting && cause instanceof MqttUnacceptableProtocolVersionException) {
            refuseUnread(
                    ConnectAnswer.UNSUPPORTED_VERSION,
                    LoginFault.UNSUPPORTED_PROTOCOL_VERSION,
                    "neither MQTT 3.1, 3.1.1 nor 5");
        } else if (connecting && cause instanceof MqttIdentifierRejectedException) {
            refuseUnread(
                    ConnectAnswer.MALFORMED, LoginFault.MALFORMED_CLIENT_ID, "the client id is empty or has a NUL");
        } else {
            dropped("malformed packet");
            close(
                    CloseCause.PROTOCOL_ERROR,
                    cause instanceof TooLongFrameException ? Reason.PACKET_TOO_LARGE : Reason.MALFORMED_PACKET);
        }
    }

    private void refuseUnread(ConnectAnswer answer, LoginFault fault, String cause) {
        dock.platform().traffic().login("none", fault.name().toLowerCase(Locale.ROOT), 0);
        dock.platform()
                .refusals()
                .add(new Refusal(
                        dock.platform().clock().instant(),
                        "none",
                        null,
                        "",
                        fault,
                        cause,
                        "check the MQTT library of the firmware",
                        Map.of(),
                        null,
                        channelFacts()));
        refuse(Packets.connack(alloc(), false, answer.code()));
    }

    private void violated(String what) {
        dropped("protocol violation");
        LOG.debug("{}: {} broke the protocol: unexpected {}", dock.listener().name(), address(), what);
        close(CloseCause.PROTOCOL_ERROR);
    }

    // ---- opening ----

    void online(DeviceSession opened, int keepAliveSeconds, ByteBuf connack) {
        phase = Phase.ONLINE;
        session = opened;
        mark = pulse.beat();
        keepAliveBeats = keepAliveSeconds + (keepAliveSeconds + 1) / 2;
        dock.admission().arrived();
        dock.platform().sessions().attach(opened.session());
        write(connack);
    }

    /// Takes up what came in before the CONNACK.
    void proceed() {
        while (early != null && !early.isEmpty()) {
            receive(early.remove());
        }
        early = null;
        if (phase == Phase.ONLINE && !draining) {
            gate().release();
        }
        if (session != null && !reading) {
            session.settle();
        }
    }

    void refuse(ByteBuf connack) {
        closing();
        context().writeAndFlush(connack).addListener(ChannelFutureListener.CLOSE);
    }

    // ---- time ----

    void beat(int now) {
        switch (phase) {
            case AWAITING_CONNECT, OPENING -> {
                if (now > mark) {
                    dropped("connect timeout");
                    close(CloseCause.PROTOCOL_ERROR);
                }
            }
            case ONLINE -> {
                if (gate().waitsForUs()) {
                    // we do not read, so silence is not the device's
                    mark = now;
                }
                if (keepAliveBeats > 0 && now - mark > keepAliveBeats) {
                    close(CloseCause.KEEP_ALIVE_EXPIRED);
                } else if (session != null) {
                    session.beat(now);
                    closeWhenDrained();
                }
            }
            case CLOSING -> {
                if (now > mark) {
                    closeChannel();
                }
            }
            case CLOSED -> {}
        }
    }

    private void allow(int beats) {
        mark = pulse.beat() + beats;
    }

    private int connectBeats() {
        return (int) dock.config().connectTimeout().toSeconds();
    }

    int beat() {
        return pulse.beat();
    }

    // ---- end ----

    boolean drainable() {
        return phase != Phase.CLOSING && phase != Phase.CLOSED && !draining;
    }

    /// Ends the connection as soon as what the device sent is settled.
    void drain() {
        draining = true;
        gate().hold();
        closeWhenDrained();
    }

    void closeWhenDrained() {
        if (draining && (session == null || !session.hasPendingUplinks())) {
            close(CloseCause.NODE_STOPPING);
        }
    }

    void close(CloseCause cause) {
        close(cause, Reason.of(cause));
    }

    void close(CloseCause cause, int reason) {
        if (phase == Phase.CLOSING || phase == Phase.CLOSED) {
            return;
        }
        boolean farewell = session != null
                && session.isMqtt5()
                && cause != CloseCause.DISCONNECTED
                && cause != CloseCause.CONNECTION_LOST
                && context().channel().isWritable();
        end(cause);
        closing();
        if (cause == CloseCause.NODE_STOPPING && dock.config().drain().withReset()) {
            context().channel().config().setOption(ChannelOption.SO_LINGER, 0);
        } else if (farewell) {
            context().writeAndFlush(Packets.disconnect5(alloc(), reason)).addListener(ChannelFutureListener.CLOSE);
            return;
        } else {
            context().flush();
        }
        closeChannel();
    }

    private void closeChannel() {
        var _ = context().close();
    }

    private void closing() {
        if (phase == Phase.AWAITING_CONNECT || phase == Phase.OPENING) {
            dock.admission().arrived();
        }
        phase = Phase.CLOSING;
        allow(CLOSING_BEATS);
        gate().hold();
        if (early != null) {
            early.forEach(ReferenceCountUtil::release);
            early = null;
        }
    }

    private void end(CloseCause cause) {
        if (phase == Phase.AWAITING_CONNECT || phase == Phase.OPENING) {
            closing();
        }
        if (phase == Phase.ONLINE) {
            phase = Phase.CLOSING;
            allow(CLOSING_BEATS);
            Objects.requireNonNull(session).end(cause);
        }
    }

    // ---- for the parts of this connection ----

    void write(ByteBuf packet) {
        var _ = context().write(packet, context().voidPromise());
        flushSoon();
    }

    void write(ByteBuf packet, ChannelFutureListener written) {
        context().write(packet).addListener(written);
        flushSoon();
    }

    private void flushSoon() {
        if (!unflushed) {
            unflushed = true;
            if (!reading) {
                pulse.flushLater(this);
            }
        }
    }

    void flushNow() {
        unflushed = false;
        context().flush();
    }

    private void dropped(String cause) {
        dock.platform().traffic().dropped(cause);
    }

    boolean isOpening() {
        return phase == Phase.OPENING;
    }

    boolean isOnline() {
        return phase == Phase.ONLINE;
    }

    /// Whether this thread is in the middle of reading packets, after which everything is settled and flushed.
    boolean isReading() {
        return context().executor().inEventLoop() && reading;
    }

    boolean isWritable() {
        return context().channel().isWritable();
    }

    boolean isSecure() {
        return TlsFacts.handler(context().pipeline()) != null;
    }

    Refusal.Channel channelFacts() {
        String tls = TlsFacts.of(context().pipeline());
        boolean web = context().pipeline().get(WebSocketBridge.class) != null;
        String transport = web ? (tls == null ? "ws" : "wss") : (tls == null ? "tcp" : "tls");
        return new Refusal.Channel(dock.listener().name(), address(), transport, tls);
    }

    String address() {
        return context().channel().remoteAddress() instanceof InetSocketAddress peer
                ? hostAddress(peer) + ":" + peer.getPort()
                : "unknown";
    }

    String hostAddress() {
        return context().channel().remoteAddress() instanceof InetSocketAddress peer ? hostAddress(peer) : "unknown";
    }

    private static String hostAddress(InetSocketAddress peer) {
        String text = peer.getAddress().getHostAddress();
        return text.indexOf(':') < 0 ? text : "[" + text + "]";
    }

    ByteBufAllocator alloc() {
        return context().alloc();
    }

    LoopPulse pulse() {
        return pulse;
    }

    ReadGate gate() {
        return Objects.requireNonNull(gate);
    }

    private ChannelHandlerContext context() {
        return Objects.requireNonNull(context);
    }
}
