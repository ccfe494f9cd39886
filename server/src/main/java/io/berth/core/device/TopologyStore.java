package io.berth.core.device;

import io.berth.core.Page;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Which devices stand behind which gateway: a device has at most one. Blocking; a returned change is durable.
public interface TopologyStore {
    Optional<DeviceId> gatewayOf(DeviceId child);

    /// The gateways of those that have one.
    Map<DeviceId, DeviceId> gatewaysOf(Collection<DeviceId> children);

    /// The children of a gateway, ordered by product and name.
    Page<DeviceId> children(DeviceId gateway, Page.Request page);

    int countChildren(DeviceId gateway);

    /// Puts the children behind the gateway, taking them from others; all or none. Children already there
    /// stay and count as no change. LIMIT_REACHED when the gateway would have more than `max`,
    /// DEVICE_NOT_FOUND when one does not exist.
    Linked link(DeviceId gateway, List<DeviceId> children, int max);

    /// Takes the children from behind the gateway; those that are not there are left out of the answer.
    Linked unlink(DeviceId gateway, List<DeviceId> children);

    /// Counts the changes of the gateway's children, 0 while there were none.
    long version(DeviceId gateway);

    /// What changed after that version, oldest first, the newest change of each child only.
    List<Change> changesSince(DeviceId gateway, long version);

    /// @param added whether it stands behind the gateway since; else it left
    /// @param version the one this change made
    record Change(DeviceId child, boolean added, long version) {}

    /// @param changed the children that were not there before, or were
    /// @param from the gateways that lost a child by it, by child
    /// @param version of the gateway after the change
    record Linked(List<DeviceId> changed, Map<DeviceId, DeviceId> from, long version) {
        public Linked {
            changed = List.copyOf(changed);
            from = Map.copyOf(from);
        }
    }
}
