package io.berth.core.login;

import io.berth.core.Payload;
import io.berth.core.credential.Hmac;
import io.berth.core.credential.Secret;
import io.berth.core.device.Device;
import io.berth.core.device.DeviceDirectory;
import io.berth.core.device.DeviceId;
import io.berth.core.device.DeviceRef;
import io.berth.core.device.DeviceSnapshot;
import io.berth.core.device.DeviceStore;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// Tokens that devices on request-and-answer wires show instead of signing each message. Nothing is kept of
/// one: it names the device, when it was issued and, as a fingerprint, the secrets and the life of the device
/// that issued it was for, all under a seal only this installation can make. So it outlives a restart, and dies
/// when a secret changes, when the device is reset or deleted (and made again), and rests while it is disabled.
///
/// One object per use: a token of one use is a forgery to another. At most 191 characters, whatever the names.
/// Never blocks; any thread.
public final class DeviceTokens {
    private static final int ISSUED_BYTES = 6;
    private static final int SEAL_BYTES = 16;
    private static final int HEAD_BYTES = ISSUED_BYTES + Long.BYTES;
    /// Two names of 64 characters and what stands between them, 7 bits each.
    private static final int MAX_CHARS = (HEAD_BYTES + 113 + SEAL_BYTES) * 4 / 3 + 1;

    private static final char SEPARATOR = '/';

    private final byte[] sealKey;
    private final byte[] fingerprintKey;
    private final Duration lifetime;
    private final Renewals renewals;
    private final DeviceStore store;
    private final DeviceDirectory directory;
    private final InstantSource clock;

    /// @param key the installation's own; the same after a restart
    /// @param use what the tokens are for, one word
    /// @param lifetime a token is refused when it is older
    /// @param renewals what becomes of a token when a newer one is issued
    public DeviceTokens(
            Payload key,
            String use,
            Duration lifetime,
            Renewals renewals,
            DeviceStore store,
            DeviceDirectory directory,
            InstantSource clock) {
        this.sealKey = derived(key, "seal " + use);
        this.fingerprintKey = derived(key, "fingerprint " + use);
        this.lifetime = lifetime;
        this.renewals = renewals;
        this.store = store;
        this.directory = directory;
        this.clock = clock;
    }

    /// What an authentic token says.
    public record Ticket(DeviceId device, Instant issued, long fingerprint) {}

    public enum Verdict {
        GOOD,
        /// Its time is over.
        EXPIRED,
        /// A newer one took its place.
        RENEWED,
        /// The device has another secret since, was reset, or is another one of that name.
        OUTDATED,
        DEVICE_DISABLED
    }

    /// A token for a device that just proved itself. That counts as a login: a device that never logged in is
    /// activated first, for good. Fails when the store does.
    public CompletionStage<String> issue(DeviceSnapshot device) {
        if (device.device().activated() != null) {
            return CompletableFuture.completedFuture(sealed(device.device()));
        }
        return store.activate(device.id(), clock.instant())
                .thenCompose(_ -> {
                    directory.forget(device.id());
                    return directory.find(new DeviceRef.ById(device.id()));
                })
                .thenApply(found -> sealed(found.orElse(device).device()));
    }

    /// What the token says; empty when this installation did not issue it for this use. Costs one digest, and
    /// no look into the registry: forged tokens come in floods.
    public Optional<Ticket> open(String token) {
        byte[] bytes = decoded(token);
        if (bytes == null) {
            return Optional.empty();
        }
        byte[] body = Arrays.copyOf(bytes, bytes.length - SEAL_BYTES);
        byte[] seal = Arrays.copyOfRange(bytes, body.length, bytes.length);
        if (!MessageDigest.isEqual(seal(body), seal)) {
            return Optional.empty();
        }
        ByteBuffer in = ByteBuffer.wrap(body);
        long issued = (long) in.getShort() << 32 | Integer.toUnsignedLong(in.getInt());
        long fingerprint = in.getLong();
        String names = SevenBits.unpacked(in);
        int separator = names.indexOf(SEPARATOR);
        DeviceId device = new DeviceId(names.substring(0, separator), names.substring(separator + 1));
        return Optional.of(new Ticket(device, Instant.ofEpochMilli(issued), fingerprint));
    }

    /// Whether the ticket still holds for the device as it is now.
    public Verdict judge(Ticket ticket, Device device) {
        if (ticket.fingerprint() != fingerprint(device)) {
            return Verdict.OUTDATED;
        }
        return device.enabled() ? judgeAgain(ticket) : Verdict.DEVICE_DISABLED;
    }

    /// The same for a device that is as it was when the ticket was found good: costs next to nothing.
    public Verdict judgeAgain(Ticket ticket) {
        if (!ticket.issued().plus(lifetime).isAfter(clock.instant())) {
            return Verdict.EXPIRED;
        }
        return renewals.ended(ticket.device(), ticket.issued()) ? Verdict.RENEWED : Verdict.GOOD;
    }

    public Duration lifetime() {
        return lifetime;
    }

    private String sealed(Device device) {
        Instant now = clock.instant();
        renewals.issued(device.id(), now);
        byte[] names =
                SevenBits.packed(device.id().product() + SEPARATOR + device.id().name());
        long millis = now.toEpochMilli();
        byte[] body = ByteBuffer.allocate(HEAD_BYTES + names.length)
                .putShort((short) (millis >> 32))
                .putInt((int) millis)
                .putLong(fingerprint(device))
                .put(names)
                .array();
        byte[] token = Arrays.copyOf(body, body.length + SEAL_BYTES);
        System.arraycopy(seal(body), 0, token, body.length, SEAL_BYTES);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(token);
    }

    private byte[] seal(byte[] body) {
        return Arrays.copyOf(Hmac.SHA256.sign(sealKey, body), SEAL_BYTES);
    }

    private long fingerprint(Device device) {
        Secret spare = device.spareSecret();
        String life = device.secret().reveal()
                + '\n'
                + (spare == null ? "" : spare.reveal())
                + '\n'
                + device.created().toEpochMilli()
                + '\n'
                + millis(device.activated());
        return ByteBuffer.wrap(Hmac.SHA256.sign(fingerprintKey, life.getBytes(StandardCharsets.US_ASCII)))
                .getLong();
    }

    /// A reset takes the moment of activation away, and the next login brings another one.
    private static long millis(@Nullable Instant activated) {
        return activated == null ? 0 : activated.toEpochMilli();
    }

    private static byte @Nullable [] decoded(String token) {
        if (token.length() > MAX_CHARS) {
            return null;
        }
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(token);
            return bytes.length > HEAD_BYTES + SEAL_BYTES ? bytes : null;
        } catch (IllegalArgumentException _) {
            return null;
        }
    }

    private static byte[] derived(Payload key, String purpose) {
        return Hmac.SHA256.sign(key.toBytes(), purpose.getBytes(StandardCharsets.US_ASCII));
    }
}
