package io.berth.front.mqtt;

import io.berth.core.device.DeviceId;
import io.berth.core.session.CloseCause;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.mqtt.MqttMessage;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// One connection from accept to close: how far it got, how long that may take, how it ends. Runs on its event
/// loop.
final class MqttConnection {
    /// How long a peer has to read our last words.
    private static final int CLOSING_BEATS = 3;

    private final Dock dock;
    private final LoopPulse pulse;
    private final ChannelHandlerContext context;
    private final ReadGate gate;
    private final Reception reception;
    private final Outlet outlet;
    private @Nullable DeviceSession session;
    private Phase phase = Phase.AWAITING_CONNECT;
    private boolean draining;
    /// The last beat of a phase that must not last; while online, of the last packet.
    private int mark;

    private int keepAliveBeats;
    /// When packets came last, in milliseconds since 1970: for other threads, which no beat tells the time.
    private volatile long heardAt;
    /// Where the pulse keeps this connection.
    int place;

    MqttConnection(ChannelHandlerContext context, Dock dock, LoopPulse pulse) {
        this.context = context;
        this.dock = dock;
        this.pulse = pulse;
        this.gate = new ReadGate(context.channel(), dock.config().session().maxPendingUplinks());
        this.reception = new Reception(this, dock);
        this.outlet = new Outlet(context, pulse);
    }

    // ---- what the channel tells ----

    void begin() {
        allow(connectBeats());
        pulse.add(this);
        dock.platform().traffic().connectionOpened(dock.listener().name());
    }

    void receive(MqttMessage packet) {
        outlet.turnBegins();
        reception.receive(packet);
    }

    /// The end of a turn of reading.
    void settle() {
        if (session != null) {
            heardAt = dock.platform().clock().millis(); // once for all packets of the turn: the clock costs
            session.settle();
        }
        outlet.turnEnds();
        closeWhenDrained();
    }

    void writabilityChanged() {
        gate.adjust();
        if (session != null && isWritable()) {
            session.writable();
        }
    }

    void lost() {
        end(CloseCause.CONNECTION_LOST);
    }

    void removed() {
        lost();
        phase = Phase.CLOSED;
        pulse.remove(this);
        dock.platform().traffic().connectionClosed(dock.listener().name());
        dock.admission().turnstile().leave();
    }

    // ---- opening ----

    void opening() {
        phase = Phase.OPENING;
        allow(connectBeats());
    }

    void online(DeviceSession opened, int keepAliveSeconds, ByteBuf connack) {
        phase = Phase.ONLINE;
        session = opened;
        heard();
        keepAliveBeats = keepAliveSeconds + (keepAliveSeconds + 1) / 2;
        dock.admission().turnstile().arrived();
        dock.platform().sessions().attach(opened.session());
        opened.opened();
        outlet.write(connack);
    }

    /// Hands credentials over. The connection is good for nothing else and does not last; no session begins
    /// or ends by it.
    void enrolled(ByteBuf connack, List<ByteBuf> credentials) {
        phase = Phase.ENROLLED;
        allow((int) dock.config().enrolledFor().toSeconds());
        outlet.write(connack);
        credentials.forEach(outlet::write);
    }

    /// Takes up what came in before the CONNACK.
    void proceed() {
        reception.proceed();
        if ((phase == Phase.ONLINE || phase == Phase.ENROLLED) && !draining) {
            gate.release();
        }
        if (session != null && !outlet.isHeld()) {
            session.settle();
        }
    }

    void refuse(ByteBuf connack) {
        closing();
        context.writeAndFlush(connack).addListener(ChannelFutureListener.CLOSE);
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
            case ENROLLED -> {
                if (now > mark) {
                    close(CloseCause.DISCONNECTED);
                }
            }
            case ONLINE -> {
                if (gate.waitsForUs()) {
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

    /// The device gave a sign of life.
    void heard() {
        mark = pulse.beat();
    }

    /// Any thread.
    Instant lastHeard() {
        return Instant.ofEpochMilli(heardAt);
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
        return !phase.isOver() && !draining;
    }

    /// Ends the connection as soon as what the device sent is settled.
    void drain() {
        draining = true;
        gate.hold();
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
        if (phase.isOver()) {
            return;
        }
        boolean farewell = session != null
                && session.isMqtt5()
                && cause != CloseCause.DISCONNECTED
                && cause != CloseCause.CONNECTION_LOST
                && context.channel().isWritable();
        end(cause);
        closing();
        if (cause == CloseCause.NODE_STOPPING && dock.config().drain().withReset()) {
            context.channel().config().setOption(ChannelOption.SO_LINGER, 0);
        } else if (farewell) {
            context.writeAndFlush(Packets.disconnect5(alloc(), reason)).addListener(ChannelFutureListener.CLOSE);
            return;
        } else {
            context.flush();
        }
        closeChannel();
    }

    private void closeChannel() {
        var _ = context.close();
    }

    private void closing() {
        if (phase.isArrival()) {
            dock.admission().turnstile().arrived();
        }
        phase = Phase.CLOSING;
        allow(CLOSING_BEATS);
        gate.hold();
        reception.forget();
    }

    private void end(CloseCause cause) {
        if (phase.isArrival()) {
            closing();
        }
        if (phase == Phase.ONLINE) {
            phase = Phase.CLOSING;
            allow(CLOSING_BEATS);
            if (DeviceLog.isOn()) {
                DeviceLog.write(this, "is gone: {}", cause);
            }
            session().end(cause);
        }
    }

    // ---- for the parts of this connection ----

    void dropped(String cause) {
        dock.platform().traffic().dropped(cause);
    }

    Phase phase() {
        return phase;
    }

    /// Of a connection that is online.
    DeviceSession session() {
        return Objects.requireNonNull(session);
    }

    boolean isOpening() {
        return phase == Phase.OPENING;
    }

    boolean isOnline() {
        return phase == Phase.ONLINE;
    }

    boolean isWritable() {
        return context.channel().isWritable();
    }

    Peer peer() {
        return new Peer(context.channel());
    }

    /// Null before the login.
    @Nullable
    DeviceId device() {
        return session == null ? null : session.session().device();
    }

    ByteBufAllocator alloc() {
        return context.alloc();
    }

    LoopPulse pulse() {
        return pulse;
    }

    Outlet outlet() {
        return outlet;
    }

    ReadGate gate() {
        return gate;
    }
}
