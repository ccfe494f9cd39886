package io.berth.front.mqtt;

import io.berth.core.login.LoginGuard;

/// What all connections of one listener share.
///
/// @param connects bounds the logins of one device when the operator set such a quota
record Dock(
        ListenerConfig listener, MqttPlatform platform, MqttConfig config, Admission admission, LoginGuard connects) {}
