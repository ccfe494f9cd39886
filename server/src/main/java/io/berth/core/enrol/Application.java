package io.berth.core.enrol;

import io.berth.core.credential.Secret;
import io.berth.core.device.DeviceId;
import java.util.function.Predicate;

/// Someone who says it knows the secret of a product asks for credentials in a device's name.
///
/// @param proof whether it signed with this product secret; takes the same time for any
public record Application(Kind kind, DeviceId device, Predicate<Secret> proof) {
    public enum Kind {
        /// The device was registered before and wants its secret.
        OWN_SECRET,
        /// Perhaps nobody registered it: it wants a token, and is made on the fly.
        TOKEN
    }
}
