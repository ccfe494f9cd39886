package io.berth.core.certificate;

import io.berth.core.certificate.CertificateProof.Given;
import io.berth.core.certificate.CertificateProof.Missing;
import io.berth.core.credential.Fingerprint;
import io.berth.core.credential.Pins;
import io.berth.core.credential.UsedCertificate;
import io.berth.core.device.DeviceDirectory;
import io.berth.core.device.DeviceId;
import io.berth.core.device.DeviceRef;
import io.berth.core.device.DeviceSnapshot;
import io.berth.core.device.Devices;
import io.berth.core.login.LoginFault;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Tells devices by their certificates. Never blocks: the work is done on virtual threads, as many as there
/// are logins under way, which the front bounds.
public final class CertificateLogins {
    private static final Executor THREADS =
            work -> Thread.ofVirtual().name("certificate-login").start(work);

    private final DeviceCertificates certificates;
    private final Vouching vouching;
    private final SelfRegistration registration;
    private final Devices devices;
    private final DeviceDirectory directory;
    private final InstantSource clock;

    /// Whom it asks of devices.
    public record Ways(Devices devices, DeviceDirectory directory, SelfRegistration registration) {}

    public CertificateLogins(DeviceCertificates certificates, Authorities authorities, Ways ways, InstantSource clock) {
        this.certificates = certificates;
        this.vouching = new Vouching(authorities, clock);
        this.registration = ways.registration();
        this.devices = ways.devices();
        this.directory = ways.directory();
        this.clock = clock;
    }

    /// Whether the client showed a certificate that says the platform made it, which anybody can write.
    public boolean looksOwn(Presented presented) {
        try {
            return !presented.isEmpty()
                    && certificates.made(presented.certificates().getFirst());
        } catch (IllegalStateException e) {
            return false; // the TLS library reads it only now, and cannot
        }
    }

    /// Which device it is, by what it showed alone: only certificates of the platform say so. The stage fails
    /// with STORAGE_UNAVAILABLE.
    public CompletionStage<CertificateProof> identify(Presented presented) {
        return check(presented, shown -> {
            Optional<DeviceCertificate> made = certificates.find(Fingerprint.of(shown.getFirst()));
            return made.isPresent() ? given(made.get()) : notOurs(shown.getFirst());
        });
    }

    /// Whether it is the device that it says it is: by a certificate of the platform, or by one of an owner's
    /// authority. The latter becomes the device's own with its first login, and may register a device that
    /// nobody knows. The stage fails with STORAGE_UNAVAILABLE.
    public CompletionStage<CertificateProof> confirm(Presented presented, String alias) {
        return check(presented, shown -> {
            Optional<DeviceSnapshot> claimed = directory.await(new DeviceRef.ByAlias(alias));
            DeviceId id = claimed.map(DeviceSnapshot::id).orElse(null);
            Optional<DeviceCertificate> made = certificates.find(Fingerprint.of(shown.getFirst()));
            if (made.isPresent()) {
                return made.get().device().equals(id)
                        ? given(made.get())
                        : missing(
                                id,
                                LoginFault.OTHER_CERTIFICATE,
                                "the certificate is that of device "
                                        + made.get().device() + ", not of " + alias,
                                "give each device its own certificate");
            }
            return confirm(new CertificateClaim(alias, claimed, shown, presented.serverName()));
        });
    }

    /// The chain is looked at before the device: who has no trusted certificate does not learn which devices
    /// there are, not even by the time it takes.
    private CertificateProof confirm(CertificateClaim claim) {
        return switch (vouching.look(claim)) {
            case Vouching.Outcome.Not(Missing missing) -> missing;
            case Vouching.Outcome.By(Authority by) -> claim.device().isEmpty() ? register(claim, by) : admit(claim, by);
        };
    }

    private CertificateProof admit(CertificateClaim claim, Authority by) {
        DeviceSnapshot device = claim.device().orElseThrow();
        Pins pins = device.device().pins();
        if (!by.space().equals(device.product().space())) {
            return missing(
                    device.id(),
                    LoginFault.UNTRUSTED_CERTIFICATE,
                    "the authority " + by.commonName() + " is not one of the device's resource space",
                    "upload it there too");
        }
        if (pins == null) {
            return missing(
                    device.id(),
                    LoginFault.WRONG_AUTH_KIND,
                    "the device does not log in by a certificate of its owner",
                    "let it log in by certificate, or give it its secret");
        }
        boolean known = pins.isEmpty() ? devices.pin(device.id(), claim.own()) : pins.admit(claim.own());
        return known
                ? new Given(device, used(claim.own(), by.id()))
                : missing(
                        device.id(),
                        LoginFault.OTHER_CERTIFICATE,
                        "the certificate is trusted, and it is not the one of this device",
                        "if the device has a new one, set its fingerprint anew");
    }

    private CertificateProof register(CertificateClaim claim, Authority by) {
        return switch (registration.register(claim, by)) {
            case SelfRegistration.Outcome.Registered(DeviceId id) -> {
                Optional<DeviceSnapshot> device = directory.await(new DeviceRef.ById(id));
                yield device.isPresent()
                        ? admit(claim.of(device.get()), by)
                        : unknown(claim, "it was deleted in this moment");
            }
            case SelfRegistration.Outcome.Refused(String why) -> unknown(claim, why);
        };
    }

    private static Missing unknown(CertificateClaim claim, String why) {
        return missing(
                null,
                LoginFault.UNKNOWN_DEVICE,
                "there is no device \"" + claim.alias() + "\", and it is not registered by its certificate: " + why,
                "create it, or give its authority a template by which devices register themselves");
    }

    private CertificateProof given(DeviceCertificate made) {
        if (made.revoked() != null) {
            return missing(
                    made.device(),
                    LoginFault.CERTIFICATE_REVOKED,
                    "the certificate was revoked at " + made.revoked(),
                    "issue the device another");
        }
        if (made.state(clock.instant()) == DeviceCertificate.State.EXPIRED) {
            return missing(
                    made.device(),
                    LoginFault.CERTIFICATE_EXPIRED,
                    "the certificate ended at " + made.expires(),
                    "issue the device another");
        }
        return directory
                .await(new DeviceRef.ById(made.device()))
                .<CertificateProof>map(
                        device -> new Given(device, new UsedCertificate(made.fingerprint(), "", made.serial())))
                .orElseGet(() -> missing(
                        made.device(),
                        LoginFault.UNKNOWN_DEVICE,
                        "the device of the certificate, " + made.device() + ", is deleted",
                        "create it again and issue it a certificate"));
    }

    private CertificateProof notOurs(X509Certificate certificate) {
        boolean named = certificates.made(certificate);
        return missing(
                null,
                LoginFault.UNTRUSTED_CERTIFICATE,
                named
                        ? "the certificate bears the name of this platform, which did not make it or has forgotten it"
                        : "the certificate is not of this platform, and only those say which device it is",
                named
                        ? "somebody may have forged it, or the device was deleted; issue the device a certificate"
                        : "issue the device a certificate, or let it name itself as devices of owners' authorities do");
    }

    private static UsedCertificate used(X509Certificate own, String authority) {
        return new UsedCertificate(
                Fingerprint.of(own), authority, own.getSerialNumber().toString(16));
    }

    private static Missing missing(@Nullable DeviceId device, LoginFault fault, String cause, String fix) {
        return new Missing(device, fault, cause, fix);
    }

    /// Looks at certificates the JDK can read.
    @FunctionalInterface
    private interface Look {
        CertificateProof at(List<X509Certificate> shown);
    }

    private static CompletionStage<CertificateProof> check(Presented presented, Look look) {
        Supplier<CertificateProof> work = () -> {
            List<X509Certificate> shown = new ArrayList<>();
            try {
                for (X509Certificate certificate : presented.certificates()) {
                    shown.add(Pem.reread(certificate));
                }
            } catch (GeneralSecurityException e) {
                return missing(
                        null,
                        LoginFault.UNTRUSTED_CERTIFICATE,
                        "the certificate cannot be read: " + e.getMessage(),
                        "issue the device a certificate anew");
            }
            return look.at(shown);
        };
        return CompletableFuture.supplyAsync(work, THREADS);
    }
}
