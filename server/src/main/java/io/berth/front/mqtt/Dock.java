package io.berth.front.mqtt;

import io.berth.core.login.LoginGuard;
import io.berth.net.HttpWire;
import io.netty.handler.codec.mqtt.MqttDecoder;

/// What all connections of one listener share.
///
/// @param connects bounds the logins of one device when the operator set such a quota
/// @param http takes the connections that begin as HTTP and no WebSocket
record Dock(
        ListenerConfig listener,
        MqttPlatform platform,
        MqttConfig config,
        Admission admission,
        LoginGuard connects,
        HttpWire http) {
    /// MQTT 3.1 limits client ids to 23 characters, and the vendors' devices use far longer ones (spec
    /// huawei-iotda 2.1).
    private static final int ANY_CLIENT_ID = 65_535;

    MqttDecoder decoder() {
        return new MqttDecoder(config.maxPacketBytes(), ANY_CLIENT_ID);
    }
}
