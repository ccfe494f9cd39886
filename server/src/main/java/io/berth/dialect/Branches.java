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

    /// For a connection that has no devices behind it yet.
    Branches NONE = nobody(false);

    /// For a gateway without a connection: it may speak for the devices behind it, which get no session by that.
    Branches CONNECTIONLESS = nobody(true);

    /// @param attaches what an attempt comes to
    private static Branches nobody(boolean attaches) {
        return new Branches() {
            @Override
            public boolean attach(DeviceSnapshot child, MqttWire wire) {
                return attaches;
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
        };
    }
}
