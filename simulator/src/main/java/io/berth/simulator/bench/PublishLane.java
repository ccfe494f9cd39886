package io.berth.simulator.bench;

import io.berth.simulator.wire.MqttConnection;
import io.berth.simulator.wire.MqttEvents;
import io.berth.simulator.wire.PublishFrame;
import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// Publishes over one connection with a window of messages under way. A QoS 1 message is over with its PUBACK, or, when
/// [Arrivals] watch, with its delivery; QoS 0 messages are over when the server answered a ping sent behind them.
final class PublishLane implements Lane, MqttEvents {
    private final PublishFrame frame;
    private final int qos;
    private final boolean untilDelivered;
    private final Slots slots;
    /// Packet ids and when each began, in the order of the pings behind them (QoS 0).
    private final Deque<int[]> pinged = new ArrayDeque<>();
    private final Demand demand = new Demand();
    private @Nullable MqttConnection connection;

    PublishLane(String topic, int qos, byte[] payload, int window, boolean untilDelivered) {
        this.frame = new PublishFrame(topic, qos, payload);
        this.qos = qos;
        this.untilDelivered = untilDelivered;
        this.slots = new Slots(window);
    }

    void use(MqttConnection opened) {
        connection = opened;
    }

    @Override
    public EventLoop loop() {
        return connection().loop();
    }

    @Override
    public void begin(Meter next, boolean keepBusy) {
        demand.begin(next, keepBusy);
        refill();
    }

    @Override
    public boolean offer(long dueNanos) {
        if (slots.free() == 0) {
            return false;
        }
        send(1, dueNanos);
        return true;
    }

    private void refill() {
        // Half a window at least: a write per message would measure system calls
        int room = slots.free();
        int admitted = room * 2 >= slots.size() ? demand.admit(room) : 0;
        if (admitted > 0) {
            send(admitted, System.nanoTime());
        }
    }

    private void send(int count, long sinceNanos) {
        ByteBuf frames = connection().buffer(count * frame.size());
        int[] ids = new int[count];
        for (int i = 0; i < count; i++) {
            ids[i] = slots.take(sinceNanos);
            frame.writeTo(frames, ids[i], sinceNanos);
        }
        connection().send(frames);
        if (qos == 0) {
            pinged.add(ids);
            connection().ping();
        }
    }

    @Override
    public void acknowledged(int packetId) {
        over(packetId);
    }

    @Override
    public void ponged() {
        for (int id : pinged.remove()) {
            over(id);
        }
    }

    private void over(int id) {
        long sinceNanos = slots.release(id);
        if (!untilDelivered) {
            demand.finish(sinceNanos);
        }
    }

    @Override
    public void readComplete() {
        refill();
    }

    @Override
    public void lost(String reason) {
        demand.fail(reason);
    }

    @Override
    public CompletableFuture<?> leave() {
        return connection().leave();
    }

    private MqttConnection connection() {
        return Objects.requireNonNull(connection, "the lane is not open yet");
    }
}
