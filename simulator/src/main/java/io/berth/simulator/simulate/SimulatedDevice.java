package io.berth.simulator.simulate;

import io.berth.simulator.device.Device;
import io.berth.simulator.wire.MqttConnection;
import io.berth.simulator.wire.MqttEvents;
import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One device of the fleet: keeps itself connected, reports, answers. Lives on one event loop.
final class SimulatedDevice implements MqttEvents {
    private static final long FIRST_BACK_OFF_MILLIS = 500;
    private static final long LONGEST_BACK_OFF_MILLIS = 30_000;

    private final Device device;
    private final Connector connector;
    private final EventLoop loop;
    private final Tally tally;
    private @Nullable MqttConnection connection;
    private long backOffMillis = FIRST_BACK_OFF_MILLIS;
    private long reports;
    private boolean leaving;

    SimulatedDevice(Device device, EventLoop loop, Connector connector, Tally tally) {
        this.device = device;
        this.loop = loop;
        this.connector = connector;
        this.tally = tally;
    }

    /// Opens a connection for a device.
    interface Connector {
        CompletableFuture<MqttConnection> open(Device device, EventLoop loop, MqttEvents events);
    }

    void connect() {
        CompletableFuture<?> _ = connector
                .open(device, loop, this)
                .thenCompose(opened -> opened.subscribe(filters()))
                .whenComplete((opened, failure) -> loop.execute(() -> connected(opened, failure)));
    }

    private List<String> filters() {
        List<String> filters = new ArrayList<>(device.dialect().requestFilters(device.identity()));
        filters.add(device.downlinkTopic());
        device.dialect().propertyReplyTopic(device.identity()).ifPresent(filters::add);
        return filters;
    }

    private void connected(@Nullable MqttConnection opened, @Nullable Throwable failure) {
        if (opened == null) {
            tally.refused(failure);
            reconnect();
        } else if (leaving) {
            CompletableFuture<Void> _ = opened.leave();
        } else {
            connection = opened;
            backOffMillis = FIRST_BACK_OFF_MILLIS;
            tally.online(1);
        }
    }

    /// Later each time and never all at once: a server that comes back must not meet the whole fleet in one instant.
    private void reconnect() {
        if (leaving) {
            return;
        }
        long spread = Math.floorMod(device.identity().name().hashCode() + reports, backOffMillis / 2 + 1);
        long wait = backOffMillis / 2 + spread;
        backOffMillis = Math.min(backOffMillis * 2, LONGEST_BACK_OFF_MILLIS);
        tally.reconnects();
        loop.schedule(this::connect, wait, TimeUnit.MILLISECONDS).addListener(scheduled -> {
            if (!scheduled.isSuccess()) {
                tally.refused(scheduled.cause());
            }
        });
    }

    void report(String values) {
        if (connection != null) {
            reports++;
            connection.publish(
                    device.dialect().propertyTopic(device.identity()),
                    device.dialect().propertyReport(Long.toString(reports), values));
            tally.sent();
        }
    }

    @Override
    public void received(MqttConnection from, String topic, ByteBuf payload) {
        tally.received();
        device.dialect().answer(device.identity(), topic).ifPresent(answer -> {
            from.publish(answer.topic(), answer.body());
            tally.answered();
        });
    }

    @Override
    public void lost(String reason) {
        if (connection != null) {
            connection = null;
            tally.online(-1);
            reconnect();
        }
    }

    CompletableFuture<Void> leave() {
        leaving = true;
        MqttConnection open = connection;
        connection = null;
        if (open == null) {
            return CompletableFuture.completedFuture(null);
        }
        tally.online(-1);
        return open.leave();
    }
}
