package io.berth.dialect;

import io.berth.core.device.DeviceId;
import io.berth.core.device.DeviceSnapshot;
import io.berth.core.session.CloseCause;
import java.util.List;

/// Nobody has a session behind these.
public enum NoBranches implements Branches {
    /// A connection that has no devices behind it yet.
    NONE(false),
    /// A gateway without a connection: it may speak for the devices behind it, which get no session by that.
    CONNECTIONLESS(true);

    private final boolean speaks;

    NoBranches(boolean speaks) {
        this.speaks = speaks;
    }

    @Override
    public boolean attach(DeviceSnapshot child, MqttWire wire) {
        return speaks;
    }

    @Override
    public boolean detach(DeviceId child, CloseCause cause) {
        return false;
    }

    @Override
    public boolean isAttached(DeviceId child) {
        return false;
    }

    @Override
    public List<DeviceId> attached() {
        return List.of();
    }
}
