package io.berth.core.enrol;

import io.berth.core.credential.Secret;
import io.berth.core.device.Device;

/// What an application comes to.
public sealed interface Enrolment {
    /// The device may know its secret.
    record OwnSecret(Device device) implements Enrolment {}

    /// A physical device has a token from now on, which nobody can look up again.
    ///
    /// @param unit under which it logs in
    record Token(String unit, Secret token) implements Enrolment {}

    record Hindered(Hindrance hindrance) implements Enrolment {}
}
