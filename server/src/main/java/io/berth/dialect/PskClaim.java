package io.berth.dialect;

import io.berth.core.credential.Secret;
import io.berth.core.device.DeviceRef;
import io.berth.core.device.DeviceSnapshot;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Who a TLS or DTLS client says it is, and the key that proves it. There is always a key, be it nobody's:
/// whether a device exists must not show.
public interface PskClaim {
    /// Null when the identity names no device.
    @Nullable
    DeviceRef device();

    /// What was read, in reading order, for `explain`.
    Map<String, String> fields();

    Secret key(Optional<DeviceSnapshot> device);

    /// Why the handshake failed, for the operator.
    LoginFailure failure(Optional<DeviceSnapshot> device);
}
