package io.berth.core.batch;

import io.berth.core.Value;
import io.berth.core.device.DeviceSnapshot;

/// What a batch does to one device. Throws the problem when it cannot.
@FunctionalInterface
interface Step {
    /// What the device answered, or nothing.
    Value.Fields on(DeviceSnapshot device, Value.Fields input) throws InterruptedException;

    /// One that answers nothing.
    static Step quiet(Act act) {
        return (device, _) -> {
            act.on(device);
            return Value.Fields.NONE;
        };
    }

    @FunctionalInterface
    interface Act {
        void on(DeviceSnapshot device) throws InterruptedException;
    }
}
