package io.berth.simulator.bench;

import io.berth.simulator.wire.AmqpEvents;
import io.berth.simulator.wire.HttpEvents;
import io.berth.simulator.wire.MqttConnection;
import io.berth.simulator.wire.MqttEvents;
import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Counts what one application receives of the uplink, over HTTP, MQTT or AMQP.
final class Consumer implements MqttEvents, HttpEvents, AmqpEvents {
    /// How long a stream that owes something may be silent; a busy machine may pause for seconds.
    private static final Duration SILENCE = Duration.ofSeconds(5);

    private long count;
    private @Nullable String broken;

    @Override
    public void received(MqttConnection connection, String topic, ByteBuf payload) {
        lines(1);
    }

    @Override
    public void delivered(int messages) {
        lines(messages);
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

    /// Waits until `total` have come, or until nothing more comes: what is missing then was lost, and the
    /// report shows it. Answers how long it waited in vain.
    synchronized Duration await(long total) throws InterruptedException {
        long before = -1;
        while (count < total && count > before && broken == null) {
            before = count;
            awaitChange(before);
        }
        if (broken != null) {
            throw new IllegalStateException("the consumer was lost: " + broken);
        }
        return count < total ? SILENCE : Duration.ZERO;
    }

    private synchronized void awaitChange(long before) throws InterruptedException {
        long deadline = System.nanoTime() + SILENCE.toNanos();
        long left = SILENCE.toMillis();
        while (count == before && broken == null && left > 0) {
            wait(left);
            left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
        }
    }
}
