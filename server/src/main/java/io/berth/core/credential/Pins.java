package io.berth.core.credential;

import java.security.cert.X509Certificate;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The certificates of its owner's making that a device may log in with. Two, so that one can be replaced
/// while the other works. As long as there are none, the first certificate that a trusted authority signed
/// becomes the device's.
public record Pins(@Nullable Fingerprint first, @Nullable Fingerprint second) {
    public static final Pins NONE = new Pins(null, null);

    public boolean isEmpty() {
        return first == null && second == null;
    }

    public boolean admit(X509Certificate certificate) {
        return Stream.<@Nullable Fingerprint>of(first, second)
                .filter(Objects::nonNull)
                .anyMatch(pin -> pin.matches(certificate));
    }
}
