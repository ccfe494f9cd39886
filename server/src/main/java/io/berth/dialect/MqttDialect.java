package io.berth.dialect;

import java.util.Optional;

/// A vendor's MQTT. Stateless and shared; every method runs on event loops and never blocks.
public interface MqttDialect {
    /// A short stable name for metrics, logs and events.
    String name();

    /// Reads a login: pure, no lookup. The form of the login decides whose it is.
    MqttLogin read(MqttConnect connect);

    /// Reads the identity a TLS client offers a pre-shared key for; empty where devices of this vendor have no
    /// such keys.
    default Optional<PskClaim> psk(String identity) {
        return Optional.empty();
    }

    /// Whether devices expect to be told again what is wanted of them, when they connect and when they report
    /// something else; those of other dialects ask.
    default boolean tellsWishesAgain() {
        return false;
    }
}
