package io.berth.stream.amqp;

import static io.berth.core.ProblemException.require;

import java.time.Duration;

/// What the AMQP server allows. The bounds protect the server and are always on.
///
/// @param eventLoops threads that serve connections; 0 means one per core
/// @param maxConnections more are closed as soon as they are accepted
/// @param maxWaitingConnections those of them that have not logged in yet
/// @param maxFrameBytes the largest frame either side may send
/// @param maxSessions sessions of one connection
/// @param connectsPerMinute logins of one group, the vendors' quota; 0 means any number
public record AmqpConfig(
        int eventLoops,
        int maxConnections,
        int maxWaitingConnections,
        int maxFrameBytes,
        int maxSessions,
        int connectsPerMinute,
        Timeouts timeouts,
        Idle idle,
        LinkLimits link) {

    public AmqpConfig {
        require(eventLoops >= 0 && eventLoops <= 256, "amqp.event-loops is between 0 (one per core) and 256");
        require(maxConnections >= 1, "amqp.max-connections is at least 1");
        require(maxWaitingConnections >= 1, "amqp.max-waiting-connections is at least 1");
        require(maxFrameBytes >= 4096 && maxFrameBytes <= 16_777_216, "amqp.max-frame-bytes: 4 KB to 16 MB");
        require(maxSessions >= 1 && maxSessions <= 1024, "amqp.max-sessions is between 1 and 1024");
        require(connectsPerMinute >= 0, "amqp.connects-per-minute is not negative");
    }

    public static AmqpConfig defaults() {
        return new AmqpConfig(
                0, 10_000, 1_000, 65_536, 16, 0, Timeouts.defaults(), Idle.defaults(), LinkLimits.defaults());
    }

    /// Spec aliyun-openapi 4.1, huawei-iotda 8.1.
    ///
    /// @param login from accepting a connection to the last byte of its login, TLS included, and again for the
    /// answer to it
    /// @param link how long a connection that is logged in may be without a receiver
    /// @param close how long a peer has to agree to the end of its connection
    public record Timeouts(Duration login, Duration link, Duration close) {
        public Timeouts {
            within(login, "amqp.timeouts.login");
            within(link, "amqp.timeouts.link");
            within(close, "amqp.timeouts.close");
        }

        public static Timeouts defaults() {
            return new Timeouts(Duration.ofSeconds(15), Duration.ofSeconds(15), Duration.ofSeconds(2));
        }

        private static void within(Duration value, String key) {
            require(value.toMillis() >= 100 && value.toSeconds() <= 600, key + " is between 100 ms and 600 seconds");
        }
    }

    /// How long a connection may be silent. A client gets back what it asked for, brought within these bounds.
    ///
    /// @param strict refuse a client that asks for less, for more or for nothing, as Alibaba's cloud does
    public record Idle(Duration least, Duration most, boolean strict) {
        public Idle {
            require(
                    least.toMillis() >= 1000 && most.compareTo(least) >= 0 && most.toSeconds() <= 86_400,
                    "amqp.idle.least is at least 1 second, amqp.idle.most no less than that and at most a day");
        }

        public static Idle defaults() {
            return new Idle(Duration.ofSeconds(30), Duration.ofSeconds(300), false);
        }
    }

    /// @param acknowledgeWithin after so long without an outcome an event is handed out again; 0 means never
    /// @param maxUnacknowledged events on their way to one receiver or without an outcome from it, whatever
    /// credit it gives
    /// @param maxAhead events a receiver's link has asked the group for and not sent yet
    /// @param maxUnsentBytes bytes that wait for one connection's socket before its links send no more
    public record LinkLimits(Duration acknowledgeWithin, int maxUnacknowledged, int maxAhead, int maxUnsentBytes) {
        public LinkLimits {
            require(
                    acknowledgeWithin.isZero() || acknowledgeWithin.toMillis() >= 100,
                    "amqp.link.acknowledge-within is 0 (for ever) or at least 100 ms");
            require(maxUnacknowledged >= 1, "amqp.link.max-unacknowledged is at least 1");
            require(maxAhead >= 1 && maxAhead <= 10_000, "amqp.link.max-ahead is between 1 and 10000");
            require(maxUnsentBytes >= 1024, "amqp.link.max-unsent-bytes is at least 1 KB");
        }

        public static LinkLimits defaults() {
            return new LinkLimits(Duration.ofSeconds(30), 2_000, 64, 262_144);
        }
    }
}
