package io.berth.rule.sql;

import io.berth.core.Payload;
import io.berth.core.Value;
import io.berth.core.device.DeviceId;
import java.time.Instant;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One message, as a statement may ask for it.
///
/// @param document what paths reach into: the JSON value of the payload in the vendor's words, nothing when the
///     payload is no JSON
/// @param payload the bytes as they came
/// @param topic empty when the message has none
/// @param device whom it is about; none for the facts of a product
/// @param id of the message, as the platform gave it
/// @param time when the platform took it; what functions call now, so that a second try has the same result
/// @param tags of the device, asked for only when a statement wants one
/// @param properties the user properties of MQTT 5
public record SqlMessage(
        Value document,
        Payload payload,
        String topic,
        @Nullable DeviceId device,
        String id,
        Instant time,
        Supplier<Map<String, String>> tags,
        Map<String, String> properties) {
    public SqlMessage {
        properties = Map.copyOf(properties);
    }
}
