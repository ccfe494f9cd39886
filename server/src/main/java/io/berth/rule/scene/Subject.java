package io.berth.rule.scene;

import io.berth.core.device.DeviceId;
import io.berth.core.message.Event;

/// Whose events a trigger looks at.
///
/// @param device its name, empty for every device of the product
record Subject(String product, String device) {
    boolean isAbout(Event event) {
        DeviceId id = event.device();
        return id != null
                && id.product().equals(product)
                && (device.isEmpty() || id.name().equals(device));
    }

    @Override
    public String toString() {
        return device.isEmpty() ? "any device of " + product : product + "/" + device;
    }
}
