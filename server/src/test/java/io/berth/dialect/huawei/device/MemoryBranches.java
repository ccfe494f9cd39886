package io.berth.dialect.huawei.device;

import io.berth.core.device.DeviceId;
import io.berth.core.device.DeviceSnapshot;
import io.berth.core.session.CloseCause;
import io.berth.dialect.Branches;
import io.berth.dialect.MqttWire;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Children of a connection that is only thought of.
final class MemoryBranches implements Branches {
    private final Map<DeviceId, MqttWire> attached = new LinkedHashMap<>();

    private Runnable before = () -> {};

    /// What happens elsewhere just before the next child is attached.
    void beforeAttaching(Runnable event) {
        before = event;
    }

    MqttWire attachedWire(DeviceId child) {
        return Objects.requireNonNull(attached.get(child));
    }

    @Override
    public boolean attach(DeviceSnapshot child, MqttWire wire) {
        before.run();
        attached.put(child.id(), wire);
        return true;
    }

    @Override
    public boolean detach(DeviceId child, CloseCause cause) {
        return attached.remove(child) != null;
    }

    @Override
    public boolean isAttached(DeviceId child) {
        return attached.containsKey(child);
    }

    @Override
    public List<DeviceId> attached() {
        return List.copyOf(attached.keySet());
    }
}
