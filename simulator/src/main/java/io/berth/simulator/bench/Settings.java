package io.berth.simulator.bench;

import io.berth.simulator.device.Fleet;
import io.berth.simulator.wire.PublishFrame;
import java.time.Duration;

/// How one scenario is run.
///
/// @param messages the most events a window has
/// @param inFlight events under way per connection; for a stream of downlinks the messages under way, for
///     downlinks by call and for roundtrip the number of HTTP connections
/// @param rate events per second, 0 for as many as go
record Settings(
        Fleet fleet,
        int connections,
        long messages,
        Duration window,
        int windows,
        Duration warmup,
        int payloadBytes,
        int qos,
        int inFlight,
        double rate,
        Listener consumer,
        Via via,
        Call call) {
    static final int MAX_CONNECTIONS = 18_000;
    private static final int MAX_PAYLOAD_BYTES = 1 << 18;
    private static final int MAX_IN_FLIGHT = 10_000;
    private static final Duration LONGEST = Duration.ofMinutes(10);

    /// Who receives the uplink.
    enum Listener {
        NONE,
        /// An application on the native API's event stream.
        TAIL,
        /// A subscriber over AMQP, which reads a consumer group: what it is to get is durable before it is
        /// acknowledged.
        AMQP,
        /// An MQTT subscriber to everything, for brokers.
        MQTT
    }

    /// How an application sends to devices.
    enum Via {
        /// As lines of one call of the native API.
        STREAM,
        /// A call for each message.
        CALL
    }

    /// What an application asks.
    enum Call {
        /// What a device is like.
        DETAIL,
        /// A new device.
        REGISTER,
        /// A message to a device that is connected.
        PUB
    }

    Settings {
        require(connections >= 1 && connections <= MAX_CONNECTIONS, "--connections 1 to " + MAX_CONNECTIONS);
        require(fleet.size() >= connections, "--devices must be at least --connections");
        require(messages >= 1, "--messages 1 or more");
        require(windows >= 1 && windows <= 99, "--windows 1 to 99");
        require(window.isPositive() && window.compareTo(LONGEST) <= 0, "--seconds 1 to " + LONGEST.toSeconds());
        require(!warmup.isNegative() && warmup.compareTo(LONGEST) <= 0, "--warmup 0 to " + LONGEST.toSeconds());
        require(
                payloadBytes >= PublishFrame.STAMP_LENGTH && payloadBytes <= MAX_PAYLOAD_BYTES,
                "--payload " + PublishFrame.STAMP_LENGTH + " to " + MAX_PAYLOAD_BYTES);
        require(qos == 0 || qos == 1, "--qos 0 or 1");
        require(inFlight >= 1 && inFlight <= MAX_IN_FLIGHT, "--window 1 to " + MAX_IN_FLIGHT);
        require(rate >= 0, "--rate 0 or more");
    }

    Settings withConnections(int few) {
        return new Settings(
                fleet, few, messages, window, windows, warmup, payloadBytes, qos, inFlight, rate, consumer, via, call);
    }

    boolean isPaced() {
        return rate > 0;
    }

    private static void require(boolean holds, String rule) {
        if (!holds) {
            throw new IllegalArgumentException("out of bounds: " + rule);
        }
    }
}
