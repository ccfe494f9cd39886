package io.berth.simulator.bench;

import java.util.Locale;

/// What can be measured, and how a run is shaped when no option says otherwise.
enum Scenario {
    /// Authenticated connects.
    CONNECT("connects", 200, 1),
    /// The same over TLS 1.3 with a full handshake each.
    CONNECT_TLS("connects", 100, 1),
    /// Likewise, and the device shows a certificate of the platform instead of signing.
    CONNECT_X509("connects", 100, 1),
    /// The same over TLS 1.2 with a pre-shared key, by the suite of C firmware.
    CONNECT_PSK("connects", 100, 1),
    /// Logins over CoAP, with a full DTLS handshake by pre-shared key each.
    CONNECT_DTLS("connects", 32, 1),
    /// Memory of connections that are subscribed and do nothing.
    IDLE("connections", 10_000, 1),
    /// Uplink messages.
    PUBLISH("messages", 50, 40),
    /// Property reports with the answer awaited.
    PROPERTY("reports", 50, 20),
    /// Messages from an application to a device's own topic.
    DOWNLINK("messages", 100, 32),
    /// Questions to a device, answered.
    ROUNDTRIP("answers", 100, 32),
    /// Signed calls of a vendor's application API.
    API("calls", 64, 1),
    /// Reports of devices over HTTP in clear, each under a token, on connections that stay.
    HTTP("reports", 64, 1),
    /// The same over TLS 1.3.
    HTTPS("reports", 64, 1),
    /// Uplink messages over CoAP, encrypted by the device, each confirmed.
    COAP("messages", 50, 8);

    private final String unit;
    private final int connections;
    private final int window;

    Scenario(String unit, int connections, int window) {
        this.unit = unit;
        this.connections = connections;
        this.window = window;
    }

    String unit() {
        return unit;
    }

    int connections() {
        return connections;
    }

    int window() {
        return window;
    }

    boolean isConnect() {
        return switch (this) {
            case CONNECT, CONNECT_TLS, CONNECT_X509, CONNECT_PSK, CONNECT_DTLS -> true;
            case IDLE, PUBLISH, PROPERTY, DOWNLINK, ROUNDTRIP, API, HTTP, HTTPS, COAP -> false;
        };
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
