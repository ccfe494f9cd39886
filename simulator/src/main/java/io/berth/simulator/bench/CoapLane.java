package io.berth.simulator.bench;

import io.berth.simulator.wire.CoapConnection;
import io.berth.simulator.wire.CoapEvents;
import io.netty.channel.EventLoop;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// One device on CoAP that publishes with a window of requests under way.
final class CoapLane implements Lane, CoapEvents {
    private final String topic;
    private final byte[] payload;
    private final Slots slots;
    private final Demand demand = new Demand();
    private @Nullable CoapConnection connection;
    private byte[] encrypted = {};

    CoapLane(String topic, byte[] payload, int window) {
        this.topic = topic;
        this.payload = payload;
        this.slots = new Slots(window);
    }

    void use(CoapConnection opened) {
        connection = opened;
        encrypted = opened.encrypted(payload);
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
        int room = slots.free();
        int admitted = room * 2 >= slots.size() ? demand.admit(room) : 0;
        if (admitted > 0) {
            send(admitted, System.nanoTime());
        }
    }

    private void send(int count, long sinceNanos) {
        for (int i = 0; i < count; i++) {
            connection().publish(slots.take(sinceNanos), topic, encrypted);
        }
        connection().flush();
    }

    @Override
    public void answered(int number) {
        demand.finish(slots.release(number));
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

    private CoapConnection connection() {
        return Objects.requireNonNull(connection, "the lane is not open yet");
    }
}
