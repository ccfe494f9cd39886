package io.berth.front.mqtt;

import io.berth.core.login.LoginGuard;
import io.berth.net.HttpWire;

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
        HttpWire http) {}
