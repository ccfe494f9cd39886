package io.berth.core.certificate;

import static io.berth.core.ProblemException.require;

import io.berth.core.certificate.Mint.Holder;
import io.berth.core.certificate.Mint.KeyKind;
import io.berth.core.certificate.Mint.Minted;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The platform's own authority for certificates of its clients: devices, and stations of the line. It is made
/// when somebody asks for it first. Blocking but for [#made]; any thread.
public final class PlatformAuthority {
    private final CertificateStore store;
    private final Mint mint;
    private final CertificateConfig config;
    private final InstantSource clock;
    private volatile @Nullable Minted authority;

    /// Reads it, if it is there.
    public PlatformAuthority(CertificateStore store, Mint mint, CertificateConfig config, InstantSource clock) {
        this.store = store;
        this.mint = mint;
        this.config = config;
        this.clock = clock;
        this.authority = store.authority().orElse(null);
    }

    /// What to make; what is null is as configured.
    public record Order(@Nullable KeyKind key, @Nullable Duration validity) {
        public static final Order USUAL = new Order(null, null);
    }

    /// A new key and a certificate for it, which ends with the authority at the latest.
    public Minted issue(Holder holder, Order order) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        Duration validity = Objects.requireNonNullElse(order.validity(), config.validity());
        CertificateConfig.demandValidity(validity);
        Minted by = authority();
        Instant wanted = now.plus(validity);
        Instant last = by.certificate().getNotAfter().toInstant();
        return mint.certificate(
                by,
                new Mint.Wish(
                        holder,
                        Objects.requireNonNullElse(order.key(), config.key()),
                        now,
                        wanted.isAfter(last) ? last : wanted));
    }

    /// Its certificate.
    public X509Certificate root() {
        return authority().certificate();
    }

    /// Whether the certificate says that the platform made it, which anybody can write.
    public boolean made(X509Certificate certificate) {
        Minted by = authority;
        return by != null
                && certificate.getIssuerX500Principal().equals(by.certificate().getSubjectX500Principal());
    }

    private Minted authority() {
        Minted known = authority;
        if (known == null) {
            Instant now = clock.instant();
            known = store.authority().orElseGet(() -> store.keepAuthority(mint.authority(now), now));
            authority = known;
        }
        require(
                clock.instant().isBefore(known.certificate().getNotAfter().toInstant()),
                "the certificate of the platform's authority has ended");
        return known;
    }
}
