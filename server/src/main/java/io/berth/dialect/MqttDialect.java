package io.berth.dialect;

/// A vendor's MQTT. Stateless and shared; every method runs on event loops and never blocks.
public interface MqttDialect {
    /// A short stable name for metrics, logs and events.
    String name();

    /// Reads a login: pure, no lookup. The form of the login decides whose it is.
    MqttLogin read(MqttConnect connect);

    /// Whether devices expect to be told again what is wanted of them, when they connect and when they report
    /// something else; those of other dialects ask.
    default boolean tellsWishesAgain() {
        return false;
    }
}
