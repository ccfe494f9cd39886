package io.berth.dialect;

import io.berth.core.device.DeviceId;
import io.berth.core.device.DeviceSnapshot;
import io.berth.core.session.CloseCause;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The devices behind one connection that speak through it: the children of a gateway. Each has a session of
/// its own, which ends with the connection at the latest. Any thread; never blocks.
public interface Branches {
    /// Makes the child's session live; an older one, here or elsewhere, ends. What is sent to the child is
    /// written by `wire` and goes out on this connection at QoS 0, whether the gateway subscribed it or not
    /// when the wire says so. False when the connection is over.
    boolean attach(DeviceSnapshot child, MqttWire wire);

    /// Ends the child's session here; false when it has none.
    boolean detach(DeviceId child, CloseCause cause);

    boolean isAttached(DeviceId child);

    List<DeviceId> attached();

    /// What the child was attached with, null when it is not attached.
    default @Nullable MqttWire wire(DeviceId child) {
        return null;
    }
}
