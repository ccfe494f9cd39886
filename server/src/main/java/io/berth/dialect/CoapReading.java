package io.berth.dialect;

import io.berth.core.device.DeviceRef;
import io.berth.core.device.DeviceSnapshot;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a dialect makes of a CoAP request.
public sealed interface CoapReading {
    /// There is nothing here for it, whoever asks.
    ///
    /// @param reason what is counted, a few stable words
    record Answered(CoapCode code, String reason) implements CoapReading {}

    /// Refused before any look-up.
    ///
    /// @param device the device meant, under which the operator finds the refusal; null when it is not readable
    /// @param claimed the device as the client named it, as far as it could be read
    record Refused(
            CoapCode code, @Nullable DeviceRef device, String claimed, Map<String, String> fields, LoginFailure failure)
            implements CoapReading {}

    /// It claims to come from a device, and can be settled once that device is known.
    non-sealed interface Claim extends CoapReading {
        DeviceRef device();

        /// What was read, in reading order, for `explain`: no secret, no token.
        Map<String, String> fields();

        /// Decides. An unknown device must be answered like a wrong secret, in content and in time.
        CoapVerdict verify(Optional<DeviceSnapshot> device);
    }
}
