package io.berth.simulator.wire;

import io.netty.buffer.ByteBuf;

/// What happens on one MQTT connection, told on its event loop. Never blocks.
public interface MqttEvents {
    MqttEvents NONE = new MqttEvents() {};

    /// @param payload valid during the call
    default void received(MqttConnection connection, String topic, ByteBuf payload) {}

    default void acknowledged(int packetId) {}

    default void ponged() {}

    /// All that one read of the socket brought has been told: the moment to write.
    default void readComplete() {}

    /// The connection ended without being asked to.
    default void lost(String reason) {}
}
