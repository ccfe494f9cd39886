package io.berth.dialect;

import io.berth.core.credential.UsedCertificate;
import io.berth.core.device.DeviceDirectory;
import io.berth.core.device.DeviceId;
import io.berth.core.device.DeviceSnapshot;
import io.berth.core.login.LoginFault;
import io.berth.core.login.Refusal;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Settles MQTT logins: asks the dialects in turn, looks the device up, lets its dialect verify. Without side
/// effects unless the client showed a certificate, which may become the device's: so a front logs in with it,
/// and `explain`, which shows none, replays with it: who may have credentials is admitted, and gets them only
/// when the front goes on. Never blocks; a known device is answered at once.
public final class MqttLogins {
    private static final LoginFailure NOT_RECOGNISED = LoginFailure.wrong(
            LoginFault.NOT_RECOGNISED,
            "client id and user name have the form of no vendor Berth speaks",
            "check that the firmware builds client id and user name as its vendor's manual says");

    private final List<MqttDialect> dialects;
    private final DeviceDirectory devices;

    public MqttLogins(List<MqttDialect> dialects, DeviceDirectory devices) {
        this.dialects = List.copyOf(dialects);
        this.devices = devices;
    }

    /// How a login ended.
    public sealed interface Outcome {
        /// @param certificate what it logged in with, null where that was no certificate
        record Accepted(
                String dialect,
                DeviceSnapshot device,
                MqttWire wire,
                String result,
                @Nullable UsedCertificate certificate)
                implements Outcome {
            private static Accepted of(MqttDialect dialect, MqttVerdict.Accepted verdict) {
                return new Accepted(
                        dialect.name(), verdict.device(), verdict.wire(), verdict.result(), verdict.certificate());
            }
        }

        /// The device may have credentials of its own. They are made by `enrolment` only, so that a rehearsal
        /// changes nothing; its stage never fails and comes to Enrolled or Refused.
        record Admitted(String dialect, DeviceId device, Supplier<CompletionStage<Outcome>> enrolment)
                implements Outcome {}

        record Enrolled(String dialect, DeviceId device, List<Outgoing.Publish> credentials) implements Outcome {}

        /// @param explanation the record for the operator, worked out when asked: answer the peer first, or
        /// the time of the answer tells it something
        record Refused(ConnectAnswer answer, Supplier<Refusal> explanation) implements Outcome {
            public Refusal refusal() {
                return explanation.get();
            }
        }
    }

    /// Who a TLS client says it is, and in whose form.
    public record KeyClaim(String dialect, PskClaim claim) {}

    /// Reads the identity a TLS client offers a pre-shared key for; empty when no dialect knows its form.
    public Optional<KeyClaim> psk(String identity) {
        return dialects.stream()
                .flatMap(dialect -> dialect.psk(identity).map(claim -> new KeyClaim(dialect.name(), claim)).stream())
                .findFirst();
    }

    /// The stage never fails: a store that does not answer is a refusal with UNAVAILABLE.
    public CompletionStage<Outcome> login(MqttConnect connect) {
        for (MqttDialect dialect : dialects) {
            switch (dialect.read(connect)) {
                case MqttLogin.NotMine _ -> {}
                case MqttLogin.Malformed malformed -> {
                    return devices.identify(malformed.device())
                            .thenApply(device -> refused(
                                    connect,
                                    dialect.name(),
                                    new Claimant(device.orElse(null), malformed.claimed(), malformed.fields()),
                                    malformed.failure()));
                }
                case MqttLogin.Claim claim -> {
                    return verify(connect, dialect, claim);
                }
                case MqttLogin.Application application -> {
                    return new Admittance(connect, dialect.name(), application).look();
                }
                case MqttLogin.Shown shown -> {
                    return settle(connect, dialect, shown);
                }
            }
        }
        return done(refused(connect, "none", Claimant.named(named(connect)), NOT_RECOGNISED));
    }

    private CompletionStage<Outcome> verify(MqttConnect connect, MqttDialect dialect, MqttLogin.Claim claim) {
        DeviceSnapshot known = devices.ifPresent(claim.device());
        if (known != null) {
            return done(decide(connect, dialect, claim, Optional.of(known)));
        }
        return devices.find(claim.device())
                .handle((found, failure) -> failure == null
                        ? decide(connect, dialect, claim, found)
                        : refused(
                                connect,
                                dialect.name(),
                                Claimant.of(claim.device(), Optional.empty(), claim.fields()),
                                unavailable(failure)));
    }

    private static CompletionStage<Outcome> settle(MqttConnect connect, MqttDialect dialect, MqttLogin.Shown shown) {
        return shown.settle()
                .handle((settled, failure) -> failure == null
                        ? decide(connect, dialect, shown, settled)
                        : refused(
                                connect,
                                dialect.name(),
                                new Claimant(null, shown.claimed(), shown.fields()),
                                unavailable(failure)));
    }

    private static Outcome decide(
            MqttConnect connect, MqttDialect dialect, MqttLogin.Shown shown, MqttLogin.Shown.Settled settled) {
        return switch (settled.verdict()) {
            case MqttVerdict.Accepted accepted -> Outcome.Accepted.of(dialect, accepted);
            case MqttVerdict.Refused refused ->
                new Outcome.Refused(
                        refused.answer(),
                        () -> record(
                                connect,
                                dialect.name(),
                                new Claimant(settled.device(), shown.claimed(), shown.fields()),
                                refused.failure()));
        };
    }

    private static Outcome decide(
            MqttConnect connect, MqttDialect dialect, MqttLogin.Claim claim, Optional<DeviceSnapshot> device) {
        return switch (claim.verify(device)) {
            case MqttVerdict.Accepted accepted -> Outcome.Accepted.of(dialect, accepted);
            case MqttVerdict.Refused refused ->
                new Outcome.Refused(
                        refused.answer(),
                        () -> record(
                                connect,
                                dialect.name(),
                                Claimant.of(claim.device(), device, claim.fields()),
                                refused.failure()));
        };
    }

    private static LoginFailure unavailable(Throwable failure) {
        return LoginFailure.unavailable("the registry could not be asked", failure);
    }

    private static Outcome refused(MqttConnect connect, String dialect, Claimant who, LoginFailure failure) {
        return new Outcome.Refused(failure.answer(), () -> record(connect, dialect, who, failure));
    }

    private static Refusal record(MqttConnect connect, String dialect, Claimant who, LoginFailure failure) {
        return failure.refusal(dialect, who, connect.time(), connect.channel());
    }

    private static String named(MqttConnect connect) {
        String text = connect.username() != null ? connect.username() : connect.clientId();
        return text.substring(0, Math.min(128, text.length()));
    }

    private static CompletionStage<Outcome> done(Outcome outcome) {
        return CompletableFuture.completedFuture(outcome);
    }
}
