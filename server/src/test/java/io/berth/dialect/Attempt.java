package io.berth.dialect;

import io.berth.core.Payload;
import io.berth.core.login.Refusal;
import io.berth.core.login.Refusal.Channel;
import io.berth.testing.TestPlatform;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A login tried against both dialects, as a front would.
public record Attempt(
        String clientId,
        @Nullable String username,
        @Nullable String password,
        int keepAlive,
        boolean secure) {
    public static final Instant NOW = Instant.parse("2024-01-02T03:30:00Z");
    public static final InstantSource CLOCK = InstantSource.fixed(NOW);
    public static final DeviceServices SERVICES = new TestPlatform(CLOCK).services(new KnownDevices());

    public static Attempt of(String clientId, String username, String password) {
        return new Attempt(clientId, username, password, 60, false);
    }

    public Attempt overTls() {
        return new Attempt(clientId, username, password, keepAlive, true);
    }

    public MqttConnect connect() {
        return new MqttConnect(
                clientId,
                username,
                password == null ? null : Payload.of(password),
                4,
                true,
                keepAlive,
                secure,
                NOW,
                new Channel("mqtt", "127.0.0.1:50000", secure ? "tls" : "tcp", null));
    }

    public MqttLogins.Outcome at(List<MqttDialect> dialects, KnownDevices devices) {
        return new MqttLogins(dialects, devices)
                .login(connect())
                .toCompletableFuture()
                .join();
    }

    /// The return code the peer sees.
    public int code(List<MqttDialect> dialects, KnownDevices devices) {
        return switch (at(dialects, devices)) {
            case MqttLogins.Outcome.Accepted _, MqttLogins.Outcome.Admitted _, MqttLogins.Outcome.Enrolled _ -> 0;
            case MqttLogins.Outcome.Refused refused -> refused.answer().code();
        };
    }

    public Refusal refusal(List<MqttDialect> dialects, KnownDevices devices) {
        return switch (at(dialects, devices)) {
            case MqttLogins.Outcome.Accepted _, MqttLogins.Outcome.Admitted _, MqttLogins.Outcome.Enrolled _ ->
                throw new AssertionError("was accepted");
            case MqttLogins.Outcome.Refused refused -> refused.refusal();
        };
    }

    public MqttWire wire(List<MqttDialect> dialects, KnownDevices devices) {
        return accepted(dialects, devices).wire();
    }

    public MqttLogins.Outcome.Accepted accepted(List<MqttDialect> dialects, KnownDevices devices) {
        return switch (at(dialects, devices)) {
            case MqttLogins.Outcome.Accepted accepted -> accepted;
            case MqttLogins.Outcome.Admitted _, MqttLogins.Outcome.Enrolled _ -> throw new AssertionError("enrols");
            case MqttLogins.Outcome.Refused refused ->
                throw new AssertionError(refused.refusal().cause());
        };
    }
}
