package io.berth.api;

import io.berth.api.Route.Nothing;
import io.berth.core.Page;
import io.berth.core.batch.BatchId;
import io.berth.core.batch.Batches;
import io.berth.core.caller.Area;
import io.berth.core.certificate.CertificateLinks;
import io.berth.core.certificate.CertificateStore.Filter;
import io.berth.core.certificate.DeviceCertificate;
import io.berth.core.certificate.DeviceCertificates;
import io.berth.core.certificate.DeviceCertificates.Handed;
import io.berth.core.certificate.Mint.KeyKind;
import io.berth.core.certificate.Pem;
import io.berth.core.certificate.PlatformAuthority.Order;
import io.berth.core.credential.Fingerprint;
import io.berth.core.credential.Pins;
import io.berth.core.device.Device;
import io.berth.core.device.DeviceId;
import io.berth.core.device.Devices;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Certificates of devices: those the platform makes, and which of their owners' making devices may log in
/// with.
public final class CertificateRoutes implements NativeApi.Group {
    private final DeviceCertificates certificates;
    private final CertificateLinks links;
    private final Devices devices;
    private final Batches batches;
    private final InstantSource clock;

    public CertificateRoutes(
            DeviceCertificates certificates,
            CertificateLinks links,
            Devices devices,
            Batches batches,
            InstantSource clock) {
        this.certificates = certificates;
        this.links = links;
        this.devices = devices;
        this.batches = batches;
        this.clock = clock;
    }

    @Override
    public List<Route<?, ?>> routes() {
        String device = "/products/{product}/devices/{device}";
        String all = device + "/certificates";
        String one = all + "/{serial}";
        return List.of(
                Route.get(
                        "/certificates",
                        Demand.read(Area.DEVICES).withinSpaces(),
                        "Lists certificates the platform made for devices",
                        Search.class,
                        CertificatePage.class,
                        this::list),
                Route.get(
                        "/certificates/root",
                        Demand.read(Area.DEVICES).withinSpaces(),
                        "Shows the certificate of the platform's authority for devices",
                        Nothing.class,
                        Root.class,
                        _ -> new Root(Pem.of(certificates.root()))),
                Route.create(
                        all,
                        Demand.operate(Area.DEVICES),
                        "Makes a key and a certificate for a device",
                        Wish.class,
                        HandedOver.class,
                        this::issue),
                Route.get(
                        one,
                        Demand.read(Area.DEVICES),
                        "Shows a certificate of a device, without its key",
                        Nothing.class,
                        ShownCertificate.class,
                        call -> shown(certificates.get(call.device(), call.path("serial")))),
                Route.post(
                        one + "/download",
                        Demand.operate(Area.DEVICES),
                        "Hands a certificate out with its private key, while that is kept",
                        Nothing.class,
                        HandedOver.class,
                        call -> handed(certificates.fetch(call.device(), call.path("serial")))),
                Route.post(
                        one + "/revoke",
                        Demand.operate(Area.DEVICES),
                        "Takes a certificate back; a session that began with it ends",
                        Nothing.class,
                        ShownCertificate.class,
                        call -> shown(certificates.revoke(call.device(), call.path("serial")))),
                Route.post(
                        device + "/pins",
                        Demand.operate(Area.DEVICES),
                        "Lets a device log in by certificates its owner makes, and by none of others",
                        NewPins.class,
                        ShownPins.class,
                        this::pin),
                Route.create(
                        "/batches/{batch}/certificates",
                        Demand.operate(Area.DEVICES).withinSpaces(),
                        "Makes a link to the certificates and keys of all devices a batch registered",
                        Nothing.class,
                        Link.class,
                        this::link));
    }

    /// @param device only with its product
    /// @param ending only those about to end, of devices that have no other that lasts longer
    public record Search(
            @Nullable String product,
            @Nullable String device,
            @Nullable Boolean ending,
            @Nullable Integer limit,
            @Nullable String after) {}

    public record CertificatePage(
            List<ShownCertificate> items, @Nullable String next) {}

    public record Root(String certificate) {}

    /// @param key `ec` or `rsa`, as configured when absent
    /// @param days how long it is to be valid, as configured when absent
    public record Wish(@Nullable KeyKind key, @Nullable Long days) {}

    /// @param serial hexadecimal
    /// @param sha256 its fingerprint
    public record ShownCertificate(
            String product,
            String device,
            String serial,
            String sha256,
            DeviceCertificate.State state,
            Instant issued,
            Instant expires,
            @Nullable Instant revoked) {}

    /// Everything in PEM.
    ///
    /// @param privateKey absent where it is not kept any more
    /// @param root the authority that signed it
    public record HandedOver(
            ShownCertificate about,
            String certificate,
            @Nullable String privateKey,
            String root) {}

    /// Fingerprints, SHA-1 or SHA-256 in hexadecimal digits.
    ///
    /// @param first absent for that of the next login
    /// @param off the device logs in as its product demands again
    public record NewPins(
            @Nullable String first,
            @Nullable String second,
            @Nullable Boolean off) {}

    /// @param byCertificate whether it logs in by certificates its owner makes
    public record ShownPins(
            String product,
            String device,
            boolean byCertificate,
            @Nullable String first,
            @Nullable String second) {}

    /// @param url whoever has it gets the keys
    public record Link(String url, Instant expires) {}

    private CertificatePage list(Call<Search> call) {
        Search wanted = call.input();
        if (wanted.product() != null) {
            call.reach(wanted.product());
        }
        Set<String> spaces = call.rights().spaces();
        Instant ending = Boolean.TRUE.equals(wanted.ending()) ? certificates.warnedUntil() : null;
        Page<DeviceCertificate> page = certificates.list(
                new Filter(wanted.product(), wanted.device(), spaces, ending),
                new Paging(wanted.limit(), wanted.after()).request());
        return new CertificatePage(Paging.items(page, this::shown), page.next());
    }

    private HandedOver issue(Call<Wish> call) {
        Long days = call.input().days();
        return handed(certificates.issue(
                call.device(), new Order(call.input().key(), days == null ? null : Duration.ofDays(days))));
    }

    private ShownPins pin(Call<NewPins> call) {
        NewPins wanted = call.input();
        Pins pins = Boolean.TRUE.equals(wanted.off())
                ? null
                : new Pins(fingerprint(wanted.first()), fingerprint(wanted.second()));
        Device device = devices.changePins(call.device(), pins);
        Pins now = device.pins();
        return new ShownPins(
                device.id().product(),
                device.id().name(),
                now != null,
                now == null || now.first() == null ? null : now.first().hex(),
                now == null || now.second() == null ? null : now.second().hex());
    }

    private Link link(Call<Nothing> call) {
        BatchId id =
                batches.of(call.rights()).get(BatchId.of(call.path("batch"))).id();
        CertificateLinks.Made made = links.make(id.number());
        return new Link(made.url(), made.expires());
    }

    private HandedOver handed(Handed handed) {
        return new HandedOver(
                shown(handed.certificate()),
                handed.certificate().pem(),
                handed.privateKey(),
                Pem.of(certificates.root()));
    }

    private ShownCertificate shown(DeviceCertificate certificate) {
        DeviceId device = certificate.device();
        return new ShownCertificate(
                device.product(),
                device.name(),
                certificate.serial(),
                certificate.fingerprint().hex(),
                certificate.state(clock.instant()),
                certificate.issued(),
                certificate.expires(),
                certificate.revoked());
    }

    private static @Nullable Fingerprint fingerprint(@Nullable String hex) {
        return hex == null ? null : new Fingerprint(hex);
    }
}
