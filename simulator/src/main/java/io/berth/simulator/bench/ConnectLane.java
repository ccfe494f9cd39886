package io.berth.simulator.bench;

import io.netty.channel.EventLoop;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// Signs in one device after another: in, out, next. An event is over when the device is logged in.
final class ConnectLane implements Lane {
    private final EventLoop loop;
    private final Door door;
    private @Nullable Meter meter;
    private boolean busy;
    private boolean connecting;

    ConnectLane(EventLoop loop, Door door) {
        this.loop = loop;
        this.door = door;
    }

    @Override
    public EventLoop loop() {
        return loop;
    }

    @Override
    public void begin(Meter next, boolean keepBusy) {
        meter = next;
        busy = keepBusy;
        refill();
    }

    private void refill() {
        if (busy && !connecting && meter != null && meter.admit(1) == 1) {
            connect(meter, System.nanoTime());
        }
    }

    @Override
    public boolean offer(long dueNanos) {
        if (connecting || meter == null) {
            return false;
        }
        connect(meter, dueNanos);
        return true;
    }

    private void connect(Meter window, long sinceNanos) {
        connecting = true;
        CompletableFuture<?> _ = door.enter(loop)
                .thenCompose(visit -> {
                    window.finish(sinceNanos);
                    return visit.leave();
                })
                .whenComplete((left, failure) -> loop.execute(() -> over(window, failure)));
    }

    private void over(Meter window, @Nullable Throwable failure) {
        connecting = false;
        if (failure == null) {
            refill();
        } else {
            Throwable cause = failure.getCause() == null ? failure : failure.getCause();
            window.fail(String.valueOf(cause.getMessage()));
        }
    }

    @Override
    public CompletableFuture<?> leave() {
        return CompletableFuture.completedFuture(null);
    }
}
