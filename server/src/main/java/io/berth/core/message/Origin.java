package io.berth.core.message;

import io.berth.core.Payload;
import io.berth.core.device.DeviceId;
import org.jspecify.annotations.Nullable;

/// How an event came to the platform.
///
/// @param dialect the dialect of the session
/// @param gateway the gateway that spoke for the device, null when it spoke for itself
/// @param topic the wire's topic of the message, null when a session alone and no message brought it
/// @param payload the bytes as they came; empty for one part of a message about many devices
public record Origin(
        String dialect,
        @Nullable DeviceId gateway,
        @Nullable String topic,
        Qos qos,
        Payload payload,
        MessageProperties properties) {

    /// No message: the session itself.
    public static Origin ofSession(String dialect, @Nullable DeviceId gateway) {
        return new Origin(dialect, gateway, null, Qos.AT_LEAST_ONCE, Payload.EMPTY, MessageProperties.NONE);
    }
}
