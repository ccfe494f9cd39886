package io.berth.dialect;

/// A vendor's MQTT. Stateless and shared; every method runs on event loops and never blocks.
public interface MqttDialect {
    /// A short stable name for metrics, logs and events.
    String name();

    /// Reads a login: pure, no lookup. The form of the login decides whose it is.
    MqttLogin read(MqttConnect connect);
}
