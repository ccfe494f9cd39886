package io.berth.dialect;

import io.berth.core.Payload;
import io.berth.core.device.DeviceSnapshot;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/// How a claim ends.
public sealed interface CoapVerdict {
    /// The device proved itself with a login.
    ///
    /// @param answer what it is told, once the login is on record; fails when the store does
    record Accepted(DeviceSnapshot device, CompletionStage<CoapAnswer> answer) implements CoapVerdict {}

    /// A message of a device that proved itself before: what a publish on its topic does.
    ///
    /// @param taken what the device is told when the message is accepted for good
    record Message(DeviceSnapshot device, Route.Reader reader, Payload payload, CoapAnswer taken)
            implements CoapVerdict {}

    /// The device is who it says, and may not do this.
    ///
    /// @param reason what is counted, a few stable words
    record Denied(CoapCode code, String reason) implements CoapVerdict {}

    /// @param explanation what went wrong, worked out when asked: answer the peer first
    record Refused(CoapCode code, Supplier<LoginFailure> explanation) implements CoapVerdict {}
}
