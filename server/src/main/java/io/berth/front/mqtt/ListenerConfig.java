package io.berth.front.mqtt;

import static io.berth.core.ProblemException.require;

/// One place where devices connect.
///
/// @param name for example `mqtt`: names the settings `listener.<name>.…`, and the listener in logs and refusals
/// @param bind a host name or address; every address it resolves to is bound
/// @param port 0 for any free one, the same on every address
/// @param legacyTls also accept TLS 1.0, TLS 1.1 and RSA key exchange, for old firmware
public record ListenerConfig(String name, Kind kind, String bind, int port, boolean legacyTls) {
    public ListenerConfig {
        require(port >= 0 && port <= 65_535, "listener." + name + ".port is between 0 and 65535");
        require(!bind.isBlank(), "listener." + name + ".bind names no address");
    }

    /// What a listener understands; the first byte of a connection decides.
    public enum Kind {
        /// MQTT, in clear or over TLS.
        MQTT,
        /// MQTT over TLS; asks for a client certificate and does without.
        MQTT_TLS,
        /// WebSocket or MQTT, each in clear or over TLS.
        WEB
    }

    public static ListenerConfig mqtt() {
        return new ListenerConfig("mqtt", Kind.MQTT, "localhost", 1883, false);
    }

    public static ListenerConfig mqtts() {
        return new ListenerConfig("mqtts", Kind.MQTT_TLS, "localhost", 8883, false);
    }

    public static ListenerConfig https() {
        return new ListenerConfig("https", Kind.WEB, "localhost", 8443, false);
    }
}
