package io.berth.core.certificate;

import io.berth.core.Page;
import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.certificate.CertificateStore.Filter;
import io.berth.core.certificate.Mint.Minted;
import io.berth.core.certificate.PlatformAuthority.Order;
import io.berth.core.credential.Fingerprint;
import io.berth.core.device.Device;
import io.berth.core.device.DeviceId;
import io.berth.core.device.Devices;
import io.berth.core.product.Product.AuthKind;
import io.berth.core.product.Products;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Certificates that the platform makes for its devices. Blocking but for [#made]; any thread.
public final class DeviceCertificates {
    /// Room for a renewal every year, and for the mistakes of a day.
    private static final int MOST_OF_DEVICE = 10;

    private final CertificateStore store;
    private final PlatformAuthority authority;
    private final Ways ways;
    private final CertificateConfig config;
    private final InstantSource clock;

    /// @param sessions ends those that began with a certificate
    public record Ways(Devices devices, Products products, CertificateSessions sessions) {}

    public DeviceCertificates(
            CertificateStore store,
            PlatformAuthority authority,
            Ways ways,
            CertificateConfig config,
            InstantSource clock) {
        this.store = store;
        this.authority = authority;
        this.ways = ways;
        this.config = config;
        this.clock = clock;
    }

    /// @param privateKey PEM; null where it is not kept any more
    public record Handed(
            DeviceCertificate certificate, @Nullable String privateKey) {}

    /// A new one beside those the device has. DEVICE_NOT_FOUND, LIMIT_REACHED.
    public Handed issue(DeviceId id, Order order) {
        Device device = ways.devices().get(id);
        Minted made = authority.issue(
                new Mint.Holder(device.id().product(), device.id().name()), order);
        DeviceCertificate certificate =
                of(made.certificate(), id, clock.instant().truncatedTo(ChronoUnit.SECONDS));
        store.insert(certificate, config.keepKeys().isZero() ? null : made.key(), MOST_OF_DEVICE);
        return new Handed(certificate, Pem.key(made.key()));
    }

    /// The newest of the device. One whose product demands certificates has had one from the beginning: where
    /// nobody asked before, it is made now. NOT_FOUND.
    public Handed handOut(DeviceId id) {
        Optional<DeviceCertificate> newest = store.newest(id);
        if (newest.isPresent()) {
            return handed(newest.get());
        }
        ways.devices().get(id);
        if (ways.products().get(id.product()).auth() != AuthKind.X509) {
            throw new ProblemException(
                    Problem.NOT_FOUND,
                    "device " + id + " has no certificate of this platform, and its product wants none");
        }
        return issue(id, Order.USUAL);
    }

    /// NOT_FOUND.
    public DeviceCertificate get(DeviceId device, String serial) {
        return store.find(device, DeviceCertificate.normalised(serial))
                .orElseThrow(() ->
                        new ProblemException(Problem.NOT_FOUND, "device " + device + " has no certificate " + serial));
    }

    /// With its key, as long as that is kept. NOT_FOUND.
    public Handed fetch(DeviceId device, String serial) {
        return handed(get(device, serial));
    }

    public Page<DeviceCertificate> list(Filter filter, Page.Request page) {
        return store.list(filter, page);
    }

    /// Takes it back: whoever is logged in with it is logged in no longer. NOT_FOUND; once is enough.
    public DeviceCertificate revoke(DeviceId device, String serial) {
        DeviceCertificate certificate = get(device, serial);
        store.revoke(certificate.fingerprint(), clock.instant().truncatedTo(ChronoUnit.MILLIS));
        ways.sessions().end(used -> used.fingerprint().equals(certificate.fingerprint()));
        return get(device, serial);
    }

    /// How long certificates about to end are warned of beforehand.
    public Instant warnedUntil() {
        return clock.instant().plus(config.warnBefore());
    }

    /// The certificate of the platform's authority.
    public X509Certificate root() {
        return authority.root();
    }

    /// Whether the certificate says that the platform made it, which anybody can write. Never blocks.
    public boolean made(X509Certificate certificate) {
        return authority.made(certificate);
    }

    Optional<DeviceCertificate> find(Fingerprint fingerprint) {
        return store.find(fingerprint);
    }

    public void forgetKeys() {
        store.forgetKeys(clock.instant().minus(config.keepKeys()));
    }

    private Handed handed(DeviceCertificate certificate) {
        return new Handed(
                certificate, store.key(certificate.fingerprint()).map(Pem::key).orElse(null));
    }

    private static DeviceCertificate of(X509Certificate certificate, DeviceId device, Instant now) {
        return new DeviceCertificate(
                certificate.getSerialNumber().toString(16),
                Fingerprint.of(certificate),
                device,
                Pem.of(certificate),
                now,
                certificate.getNotAfter().toInstant(),
                null);
    }
}
