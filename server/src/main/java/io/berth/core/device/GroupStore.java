package io.berth.core.device;

import io.berth.core.Page;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/// Where groups are kept, and who is in static ones, as [DeviceCondition.MemberOf] finds them. Blocking; a
/// returned change is durable.
public interface GroupStore {
    /// GROUP_EXISTS when the name is taken, LIMIT_REACHED when there are `max` already, NOT_FOUND when there is
    /// no such parent.
    void insert(Group group, int max);

    /// Replaces name, description and rule; NOT_FOUND, GROUP_EXISTS.
    void update(Group group);

    /// NOT_FOUND, or GROUP_NOT_EMPTY while it has members or sub-groups.
    void delete(String id);

    Optional<Group> find(String id);

    Optional<Group> findByName(String name);

    /// Ordered by name.
    Page<Group> list(Page.Request page);

    /// Those that stand in the group, ordered by name.
    List<Group> within(String parent);

    /// The static groups a device is in, ordered by name.
    List<Group> of(DeviceId device);

    /// Puts devices into a static group, all or none; members already are no error. LIMIT_REACHED,
    /// DEVICE_NOT_FOUND, NOT_FOUND.
    void add(String group, Collection<DeviceId> devices, Bounds bounds);

    /// Those that are no members are no error.
    void remove(String group, Collection<DeviceId> devices);

    /// Of a group by key, ordered by key.
    SequencedMap<String, String> tags(String group);

    /// Puts these in place of all tags of the group; NOT_FOUND.
    void replaceTags(String group, Map<String, String> tags);

    /// Groups that have each of these tags, ordered by name.
    List<Group> tagged(Map<String, String> tags);

    /// How many there may be; LIMIT_REACHED beyond.
    record Bounds(int devicesOfGroup, int groupsOfDevice) {}
}
