package io.berth.core.certificate;

import io.berth.core.Page;
import io.berth.core.Payload;
import io.berth.core.certificate.Mint.Minted;
import io.berth.core.credential.Fingerprint;
import io.berth.core.device.DeviceId;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Where the platform's authority and the certificates it made are kept; keys are sealed. Blocking; what
/// returned is durable.
public interface CertificateStore {
    Optional<Minted> authority();

    /// Keeps the authority unless there is one; the one that is kept.
    Minted keepAuthority(Minted made, Instant now);

    /// DEVICE_NOT_FOUND; LIMIT_REACHED when so many of the device are valid. Of those that are not, the
    /// oldest make room.
    ///
    /// @param key null for one that is not kept
    void insert(DeviceCertificate certificate, @Nullable Payload key, int mostOfDevice);

    Optional<DeviceCertificate> find(Fingerprint fingerprint);

    Optional<DeviceCertificate> find(DeviceId device, String serial);

    /// The newest of the device.
    Optional<DeviceCertificate> newest(DeviceId device);

    /// By product, device and age; the cursor is a fingerprint.
    Page<DeviceCertificate> list(Filter filter, Page.Request page);

    /// The private key while it is kept.
    Optional<Payload> key(Fingerprint fingerprint);

    /// Whether it was not revoked before.
    boolean revoke(Fingerprint fingerprint, Instant at);

    /// Forgets keys that were made before; how many.
    int forgetKeys(Instant madeBefore);

    /// Devices whose last certificate that was not revoked ends in this time.
    Ending ending(Instant from, Instant until);

    /// Keeps the link, and gives up others beyond so many of the same batch: the oldest, and what is over.
    void insertLink(Link link, Instant now, int mostOfBatch);

    Optional<Link> findLink(String digest);

    /// @param product null for all
    /// @param device only with its product
    /// @param spaces those of a caller, empty for all
    /// @param endingBefore of devices that have no other that lasts longer, null for all
    record Filter(
            @Nullable String product,
            @Nullable String device,
            Set<String> spaces,
            @Nullable Instant endingBefore) {
        public Filter {
            spaces = Set.copyOf(spaces);
        }
    }

    /// @param first the one that ends first, null when there is none
    record Ending(long count, @Nullable DeviceCertificate first) {}

    /// @param digest of the secret part of the link
    record Link(String digest, long batch, Instant expires) {}
}
