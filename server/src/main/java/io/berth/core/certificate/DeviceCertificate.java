package io.berth.core.certificate;

import io.berth.core.credential.Fingerprint;
import io.berth.core.device.DeviceId;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A certificate that the platform's authority made for a device.
///
/// @param serial its number, hexadecimal
/// @param expires when it ends
/// @param revoked when it was taken back, null while it was not
public record DeviceCertificate(
        String serial,
        Fingerprint fingerprint,
        DeviceId device,
        String pem,
        Instant issued,
        Instant expires,
        @Nullable Instant revoked) {
    public enum State {
        VALID,
        EXPIRED,
        REVOKED
    }

    public State state(Instant now) {
        if (revoked != null) {
            return State.REVOKED;
        }
        return now.isAfter(expires) ? State.EXPIRED : State.VALID;
    }

    /// As operators write it: in any case, with colons or without.
    public static String normalised(String serial) {
        return serial.replace(":", "").toLowerCase(Locale.ROOT).replaceFirst("^0+(?=.)", "");
    }
}
