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
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Groups of devices (spec huawei-iotda 7.9): static ones, whose members are put into them, and dynamic ones,
/// whose members are what a rule finds at the moment. Blocking; any thread.
public final class Groups {
    public static final int MAX_GROUPS = 1000;
    public static final int MAX_LEVELS = 5;
    public static final int MAX_TAGS = 100;
    public static final Bounds BOUNDS = new Bounds(20_000, 10);

    private static final int MAX_TAG_VALUE = 128;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final GroupStore store;
    private final Devices devices;
    private final Map<String, DeviceLanguage> languages;
    private final InstantSource clock;

    /// @param languages that rules may be written in, beside that of [DeviceQuery]
    public Groups(
            GroupStore store, Devices devices, Collection<? extends DeviceLanguage> languages, InstantSource clock) {
        this.store = store;
        this.devices = devices;
        this.languages = Stream.concat(Stream.of(DeviceQuery.LANGUAGE), languages.stream())
                .collect(Collectors.toMap(DeviceLanguage::name, Function.identity()));
        this.clock = clock;
    }

    /// A group to create.
    ///
    /// @param parent the id of the group it stands in, null for none
    /// @param rule makes the group a dynamic one, null for a static one
    public record Draft(
            String name,
            String description,
            @Nullable String parent,
            @Nullable GroupRule rule) {}

    public Group create(Draft draft) {
        if (draft.parent() != null) {
            demandRoomBelow(draft.parent());
        }
        if (draft.rule() != null) {
            var _ = read(draft.rule());
        }
        Instant now = now();
        Group group = new Group(randomId(), draft.name(), draft.description(), draft.parent(), draft.rule(), now, now);
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
        return update(new Group(id, name, description, group.parent(), group.rule(), group.created(), now()));
    }

    /// Gives a dynamic group another rule. A group stays of the kind it was made.
    public Group changeRule(String id, GroupRule rule) {
        Group group = get(id);
        require(group.isDynamic(), "the members of group " + group.name() + " are put into it, not found by a rule");
        var _ = read(rule);
        return update(new Group(id, group.name(), group.description(), group.parent(), rule, group.created(), now()));
    }

    /// GROUP_NOT_EMPTY while it has members or sub-groups.
    public void delete(String id) {
        store.delete(id);
    }

    /// What its members have in common, and nobody else has.
    public DeviceCondition membersOf(Group group) {
        GroupRule rule = group.rule();
        return rule != null ? read(rule) : new DeviceCondition.MemberOf(group.id());
    }

    public Page<Device> members(String id, Page.Request page) {
        return devices.search(membersOf(get(id)), page);
    }

    /// Those that meet a condition as well.
    public Page<Device> members(String id, DeviceCondition also, Page.Request page) {
        return devices.search(new DeviceCondition.All(List.of(also, membersOf(get(id)))), page);
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

    public SequencedMap<String, String> tags(String id) {
        get(id);
        return store.tags(id);
    }

    /// In place of those it has. INVALID_ARGUMENT names the first that cannot be.
    public void replaceTags(String id, Map<String, String> tags) {
        if (tags.size() > MAX_TAGS) {
            throw new ProblemException(Problem.LIMIT_REACHED, "a group has at most " + MAX_TAGS + " tags");
        }
        tags.forEach((key, value) -> {
            require(Tags.isKey(key), "a tag key has 1 to 100 of A-Z a-z 0-9 _ . : -, not \"" + key + "\"");
            require(
                    !value.isEmpty() && value.length() <= MAX_TAG_VALUE,
                    "the value of tag " + key + " has 1 to " + MAX_TAG_VALUE + " characters");
        });
        store.replaceTags(id, tags);
    }

    /// Groups that have each of these tags, by name.
    public List<Group> tagged(Map<String, String> tags) {
        require(!tags.isEmpty(), "groups are found by at least one tag");
        return store.tagged(tags);
    }

    /// Rules in a language that is no longer spoken here have no members anybody could name.
    private DeviceCondition read(GroupRule rule) {
        DeviceLanguage language = languages.get(rule.language());
        if (language == null) {
            throw new ProblemException(Problem.UNSUPPORTED, "nothing here reads \"" + rule.language() + "\" rules");
        }
        return language.read(rule.text());
    }

    private Group update(Group changed) {
        store.update(changed);
        return changed;
    }

    /// As exact as it is kept.
    private Instant now() {
        return Instant.ofEpochMilli(clock.millis());
    }

    private void demandStatic(String id) {
        Group group = get(id);
        require(!group.isDynamic(), "the members of group " + group.name() + " are found by its rule");
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
