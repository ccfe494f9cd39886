package io.berth.front.mqtt;

import io.berth.net.Place;

/// One place where devices connect.
///
/// @param name for example `mqtt`: names the settings `listener.<name>.…`, and the listener in logs and refusals
/// @param bind a host name or address; every address it resolves to is bound
/// @param port 0 for any free one, the same on every address
/// @param legacyTls also accept TLS 1.0, TLS 1.1 and RSA key exchange, for old firmware
/// @param clientCertificates ask TLS clients for a certificate, and do without
public record ListenerConfig(
        String name, Kind kind, String bind, int port, boolean legacyTls, boolean clientCertificates) {
    /// One that asks for certificates where its kind is there for devices that have them.
    public ListenerConfig(String name, Kind kind, String bind, int port, boolean legacyTls) {
        this(name, kind, bind, port, legacyTls, kind == Kind.MQTT_TLS);
    }

    public ListenerConfig {
        var _ = new Place(name, bind, port); // whose bounds hold here too
    }

    Place place() {
        return new Place(name, bind, port);
    }

    /// What a listener understands; the first byte of a connection decides.
    public enum Kind {
        /// MQTT, in clear or over TLS.
        MQTT,
        /// MQTT over TLS.
        MQTT_TLS,
        /// WebSocket or MQTT, each in clear or over TLS.
        WEB,
        /// MQTT over TLS with pre-shared keys.
        MQTT_PSK
    }

    public static ListenerConfig mqtt() {
        return new ListenerConfig("mqtt", Kind.MQTT, "localhost", 1883, false);
    }

    public static ListenerConfig mqtts() {
        return new ListenerConfig("mqtts", Kind.MQTT_TLS, "localhost", 8883, false);
    }

    /// Not among those that are on by themselves.
    public static ListenerConfig mqttPsk() {
        return new ListenerConfig("mqtt-psk", Kind.MQTT_PSK, "localhost", 8884, false);
    }

    public static ListenerConfig https() {
        return new ListenerConfig("https", Kind.WEB, "localhost", 8443, false);
    }
}
