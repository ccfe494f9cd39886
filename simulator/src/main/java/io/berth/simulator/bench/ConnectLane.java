package io.berth.simulator.bench;

import io.berth.simulator.device.Login;
import io.berth.simulator.wire.Endpoint;
import io.berth.simulator.wire.MqttConnection;
import io.berth.simulator.wire.MqttEvents;
import io.netty.channel.EventLoop;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Signs in one device after another: connect, CONNACK, DISCONNECT, close, next. An event is over with its CONNACK.
final class ConnectLane implements Lane {
    private final EventLoop loop;
    private final Endpoint endpoint;
    private final Supplier<Login> logins;
    private @Nullable Meter meter;
    private boolean busy;
    private boolean connecting;

    /// @param logins gives the next device's login; called by several lanes
    ConnectLane(EventLoop loop, Endpoint endpoint, Supplier<Login> logins) {
        this.loop = loop;
        this.endpoint = endpoint;
        this.logins = logins;
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
        CompletableFuture<?> _ = MqttConnection.open(loop, endpoint, logins.get(), MqttEvents.NONE)
                .thenCompose(connection -> {
                    window.finish(sinceNanos);
                    return connection.leave();
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
