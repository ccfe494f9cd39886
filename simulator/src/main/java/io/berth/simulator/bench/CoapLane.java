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
    private @Nullable CoapConnection connection;
    private byte[] encrypted = {};
    private @Nullable Meter meter;
    private boolean busy;

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
        meter = next;
        busy = keepBusy;
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
        if (busy && meter != null && room * 2 >= slots.size()) {
            int admitted = meter.admit(room);
            if (admitted > 0) {
                send(admitted, System.nanoTime());
            }
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
        long sinceNanos = slots.release(number);
        if (meter != null) {
            meter.finish(sinceNanos);
        }
    }

    @Override
    public void readComplete() {
        refill();
    }

    @Override
    public void lost(String reason) {
        if (meter != null) {
            meter.fail(reason);
        }
    }

    @Override
    public CompletableFuture<?> leave() {
        return connection().leave();
    }

    private CoapConnection connection() {
        return Objects.requireNonNull(connection, "the lane is not open yet");
    }
}
