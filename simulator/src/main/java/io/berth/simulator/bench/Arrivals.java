package io.berth.simulator.bench;

import io.berth.simulator.wire.MqttConnection;
import io.berth.simulator.wire.MqttEvents;
import io.berth.simulator.wire.PublishFrame;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/// Devices that finish an event by receiving it: its stamp says when it began.
final class Arrivals implements MqttEvents {
    private volatile @Nullable Meter meter;

    void begin(Meter next) {
        meter = next;
    }

    @Override
    public void received(MqttConnection connection, String topic, ByteBuf payload) {
        Meter current = meter;
        if (current != null) {
            current.finish(PublishFrame.stamp(payload));
        }
    }

    @Override
    public void lost(String reason) {
        Meter current = meter;
        if (current != null) {
            current.fail(reason);
        }
    }
}
