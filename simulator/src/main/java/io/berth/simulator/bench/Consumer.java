package io.berth.simulator.bench;

import io.berth.simulator.wire.HttpEvents;
import io.berth.simulator.wire.MqttConnection;
import io.berth.simulator.wire.MqttEvents;
import io.netty.buffer.ByteBuf;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Counts what one application receives of the uplink, over HTTP or MQTT.
final class Consumer implements MqttEvents, HttpEvents {
    private long count;
    private @Nullable String broken;

    @Override
    public void received(MqttConnection connection, String topic, ByteBuf payload) {
        lines(1);
    }

    @Override
    public synchronized void lines(int lines) {
        count += lines;
        notifyAll();
    }

    @Override
    public synchronized void lost(String reason) {
        broken = reason;
        notifyAll();
    }

    @Override
    public void answered(int status, String body) {
        lost("the event stream ended with HTTP " + status + " " + body.strip());
    }

    synchronized long count() {
        return count;
    }

    /// Waits until `total` have come, but not for ever: what is missing then was lost, and the report shows it.
    synchronized void await(long total, Duration longest) throws InterruptedException {
        long deadline = System.nanoTime() + longest.toNanos();
        long left = longest.toMillis();
        while (count < total && left > 0 && broken == null) {
            wait(left);
            left = (deadline - System.nanoTime()) / 1_000_000;
        }
        if (broken != null) {
            throw new IllegalStateException("the consumer was lost: " + broken);
        }
    }
}
