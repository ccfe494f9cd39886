package io.berth.front.mqtt;

import static io.berth.core.ProblemException.require;

import java.time.Duration;

/// What the MQTT front allows. The bounds protect the server and are always on.
///
/// @param eventLoops threads that serve connections; 0 means one per core
/// @param connectTimeout from accepting a connection to the last byte of its CONNECT, TLS included, and again
/// for the answer to it: however slowly bytes trickle in, it is over then
/// @param enrolledFor how long a connection lasts over which a device was given credentials (spec
/// aliyun-device 1.4)
/// @param maxPacketBytes the largest packet a client may send
/// @param maxConnections more are closed as soon as they are accepted
/// @param maxWaitingConnections those of them that have not logged in yet
/// @param maxPendingLogins logins that wait for a store
public record MqttConfig(
        int eventLoops,
        Duration connectTimeout,
        Duration enrolledFor,
        int maxPacketBytes,
        int maxConnections,
        int maxWaitingConnections,
        int maxPendingLogins,
        SessionLimits session,
        Drain drain,
        Quotas quotas,
        Psk psk) {

    public MqttConfig {
        require(eventLoops >= 0 && eventLoops <= 256, "mqtt.event-loops is between 0 (one per core) and 256");
        seconds(connectTimeout, 1, 600, "mqtt.connect-timeout");
        seconds(enrolledFor, 1, 600, "mqtt.enrolled-for");
        require(maxPacketBytes >= 1024 && maxPacketBytes <= 268_435_455, "mqtt.max-packet-bytes: 1 KB to 256 MB");
        require(maxConnections >= 1, "mqtt.max-connections is at least 1");
        require(maxWaitingConnections >= 1, "mqtt.max-waiting-connections is at least 1");
        require(maxPendingLogins >= 1, "mqtt.max-pending-logins is at least 1");
    }

    public static MqttConfig defaults() {
        return new MqttConfig(
                0,
                Duration.ofSeconds(10),
                Duration.ofSeconds(15),
                1024 * 1024,
                1_000_000,
                50_000,
                10_000,
                SessionLimits.defaults(),
                Drain.defaults(),
                Quotas.none(),
                Psk.defaults());
    }

    /// @param maxInflight QoS 1 messages sent to a device and not confirmed by it
    /// @param maxQueuedDownlinks QoS 1 messages that wait for a place among those
    /// @param maxPendingUplinks messages of a device that wait to be accepted; then its socket is not read
    /// @param retransmitAfter when an unconfirmed message is sent again (MQTT 3.x only)
    /// @param maxRetransmits after so many the message is given up on this connection
    /// @param expiry how long a lasting session outlives its connection
    /// @param maxSubscriptions subscriptions of one session
    /// @param maxFiltersPerSubscribe filters in one SUBSCRIBE; those beyond are refused
    /// @param maxFilterLength characters of a topic filter
    /// @param maxTopicAliases topic aliases a client may set (MQTT 5)
    public record SessionLimits(
            int maxInflight,
            int maxQueuedDownlinks,
            int maxPendingUplinks,
            Duration retransmitAfter,
            int maxRetransmits,
            Duration expiry,
            int maxSubscriptions,
            int maxFiltersPerSubscribe,
            int maxFilterLength,
            int maxTopicAliases) {

        public SessionLimits {
            require(maxInflight >= 1 && maxInflight <= 1000, "mqtt.session.max-inflight is between 1 and 1000");
            require(maxQueuedDownlinks >= 1, "mqtt.session.max-queued-downlinks is at least 1");
            require(
                    maxPendingUplinks >= 1 && maxPendingUplinks <= 65_535,
                    "mqtt.session.max-pending-uplinks is between 1 and 65535");
            seconds(retransmitAfter, 1, 3600, "mqtt.session.retransmit-after");
            require(maxRetransmits >= 0 && maxRetransmits <= 100, "mqtt.session.max-retransmits is between 0 and 100");
            seconds(expiry, 1, 365 * 86_400, "mqtt.session.expiry");
            require(maxSubscriptions >= 1, "mqtt.session.max-subscriptions is at least 1");
            require(maxFiltersPerSubscribe >= 1, "mqtt.session.max-filters-per-subscribe is at least 1");
            require(maxFilterLength >= 128, "mqtt.session.max-filter-length is at least 128");
            require(maxTopicAliases >= 0 && maxTopicAliases <= 1000, "mqtt.session.max-topic-aliases: 0 to 1000");
        }

        public static SessionLimits defaults() {
            return new SessionLimits(20, 100, 256, Duration.ofSeconds(20), 5, Duration.ofDays(7), 100, 100, 1024, 16);
        }
    }

    /// How connections end when the server stops.
    ///
    /// @param over the closings are spread over this time, so that the devices do not all come back at once
    /// @param withReset close with TCP RST: some firmware reconnects only then
    public record Drain(Duration over, boolean withReset) {
        public Drain {
            seconds(over, 0, 3600, "mqtt.drain.over");
        }

        public static Drain defaults() {
            return new Drain(Duration.ofSeconds(2), false);
        }
    }

    /// Quotas of the vendors' clouds; 0 means none.
    ///
    /// @param publishesPerSecond messages of one device; those beyond are dropped and not acknowledged
    /// @param connectsPerMinute logins of one device
    public record Quotas(int publishesPerSecond, int connectsPerMinute) {
        public Quotas {
            require(publishesPerSecond >= 0, "mqtt.quotas.publishes-per-second is not negative");
            require(connectsPerMinute >= 0, "mqtt.quotas.connects-per-minute is not negative");
        }

        public static Quotas none() {
            return new Quotas(0, 0);
        }
    }

    /// Handshakes by pre-shared key that are under way at once.
    ///
    /// @param maxHandshakes of all clients
    /// @param maxHandshakesPerAddress leaves room for many devices behind one address
    public record Psk(int maxHandshakes, int maxHandshakesPerAddress) {
        public Psk {
            require(maxHandshakes >= 1, "mqtt.psk.max-handshakes is at least 1");
            require(maxHandshakesPerAddress >= 1, "mqtt.psk.max-handshakes-per-address is at least 1");
        }

        public static Psk defaults() {
            return new Psk(10_000, 1000);
        }
    }

    private static void seconds(Duration value, int least, int most, String key) {
        require(
                value.toSeconds() >= least && value.toSeconds() <= most,
                key + " is between " + least + " and " + most + " seconds");
    }
}
