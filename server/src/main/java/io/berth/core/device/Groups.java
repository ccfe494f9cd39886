package io.berth.core.device;

import static io.berth.core.ProblemException.require;

import io.berth.core.Page;
import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.device.GroupStore.Bounds;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Groups of devices (spec huawei-iotda 7.9): static ones, whose members are put into them, and dynamic ones,
/// whose members are what a query finds at the moment. Blocking; any thread.
public final class Groups {
    public static final int MAX_GROUPS = 1000;
    public static final int MAX_LEVELS = 5;
    public static final Bounds BOUNDS = new Bounds(20_000, 10);

    private static final SecureRandom RANDOM = new SecureRandom();

    private final GroupStore store;
    private final Devices devices;
    private final InstantSource clock;

    public Groups(GroupStore store, Devices devices, InstantSource clock) {
        this.store = store;
        this.devices = devices;
        this.clock = clock;
    }

    /// A group to create.
    ///
    /// @param parent the id of the group it stands in, null for none
    /// @param query makes the group a dynamic one, null for a static one
    public record Draft(
            String name,
            String description,
            @Nullable String parent,
            @Nullable DeviceQuery query) {}

    public Group create(Draft draft) {
        if (draft.parent() != null) {
            demandRoomBelow(draft.parent());
        }
        Group group = new Group(
                randomId(),
                draft.name(),
                draft.description(),
                draft.parent(),
                draft.query(),
                Instant.ofEpochMilli(clock.millis()));
        store.insert(group, MAX_GROUPS);
        return group;
    }

    public Group get(String id) {
        return store.find(id)
                .orElseThrow(() -> new ProblemException(Problem.NOT_FOUND, "there is no group \"" + id + "\""));
    }

    public Optional<Group> findByName(String name) {
        return store.findByName(name);
    }

    public Page<Group> list(Page.Request page) {
        return store.list(page);
    }

    /// The groups directly within this one.
    public List<Group> within(String parent) {
        get(parent);
        return store.within(parent);
    }

    public Group rename(String id, String name, String description) {
        Group group = get(id);
        return update(new Group(id, name, description, group.parent(), group.query(), group.created()));
    }

    /// Gives a dynamic group another query. A group stays of the kind it was made.
    public Group changeQuery(String id, DeviceQuery query) {
        Group group = get(id);
        require(group.isDynamic(), "the members of group " + group.name() + " are put into it, not found by a query");
        return update(new Group(id, group.name(), group.description(), group.parent(), query, group.created()));
    }

    /// GROUP_NOT_EMPTY while it has members or sub-groups.
    public void delete(String id) {
        store.delete(id);
    }

    public Page<Device> members(String id, Page.Request page) {
        return devices.search(membership(id), page);
    }

    /// What is true of the members of the group and of no other device.
    public DeviceCondition membership(String id) {
        DeviceQuery query = get(id).query();
        return query != null ? query.condition() : new DeviceCondition.MemberOf(id);
    }

    /// The static groups the device is in; of dynamic ones only their members can be asked for.
    public List<Group> of(DeviceId device) {
        devices.get(device);
        return store.of(device);
    }

    public void add(String id, Collection<DeviceId> added) {
        demandStatic(id);
        store.add(id, added, BOUNDS);
    }

    public void remove(String id, Collection<DeviceId> removed) {
        demandStatic(id);
        store.remove(id, removed);
    }

    private Group update(Group changed) {
        store.update(changed);
        return changed;
    }

    private void demandStatic(String id) {
        Group group = get(id);
        require(!group.isDynamic(), "the members of group " + group.name() + " are found by its query");
    }

    private void demandRoomBelow(String parent) {
        int levels = 1;
        for (String above = parent; above != null; above = get(above).parent()) {
            levels++;
        }
        if (levels > MAX_LEVELS) {
            throw new ProblemException(Problem.LIMIT_REACHED, "groups stand within each other " + MAX_LEVELS + " deep");
        }
    }

    private static String randomId() {
        byte[] bytes = new byte[12];
        RANDOM.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
