package io.berth.storage;

import static io.berth.storage.Samples.NOW;
import static io.berth.storage.Samples.device;
import static io.berth.storage.Samples.id;
import static io.berth.storage.Samples.product;
import static io.berth.testing.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.berth.core.Page;
import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.device.Device;
import io.berth.core.device.DeviceCondition;
import io.berth.core.device.DeviceId;
import io.berth.core.device.DeviceLanguage;
import io.berth.core.device.Devices;
import io.berth.core.device.Group;
import io.berth.core.device.GroupRule;
import io.berth.core.device.GroupStore;
import io.berth.core.device.GroupStore.Bounds;
import io.berth.core.device.Groups;
import io.berth.core.product.Products;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// The store, and the service on top of it: most of its rules are the store's to keep.
@ParameterizedClass
@EnumSource
final class GroupStoreTest {
    private static final Page.Request ALL = new Page.Request(null, 100);
    private static final Bounds WIDE = new Bounds(100, 100);

    private final TestEngine engine;

    @TempDir
    Path directory;

    private Storage storage;
    private GroupStore store;
    private Groups groups;

    GroupStoreTest(TestEngine engine) {
        this.engine = engine;
    }

    @BeforeEach
    void open() {
        storage = engine.open(directory, () -> NOW);
        storage.products().insert(product("pk"));
        List.of("a", "b", "c").forEach(name -> storage.devices().insert(device(name)));
        store = storage.groups();
        Products products = new Products(storage.products(), () -> NOW, _ -> {});
        groups = new Groups(
                store, new Devices(storage.devices(), products, () -> NOW, (_, _) -> {}), List.of(), () -> NOW);
    }

    @AfterEach
    void close() {
        storage.close();
    }

    @Test
    void a_group_is_found_by_id_and_by_name() {
        Group top = groups.create(draft("楼", null));
        Group dynamic = groups.create(
                new Groups.Draft("dynamic", "what a query finds", top.id(), GroupRule.of("name like 'a%'")));

        assertThat(groups.get(top.id())).isEqualTo(top);
        assertThat(groups.findByName("dynamic")).contains(dynamic);
        assertThat(groups.findByName("楼宇")).isEmpty();
        assertThat(groups.within(top.id())).containsExactly(dynamic);
        assertRefused(Problem.NOT_FOUND, () -> groups.get("none"));
    }

    @Test
    void a_name_is_given_once() {
        Group one = groups.create(draft("one", null));
        Group two = groups.create(draft("two", null));

        assertRefused(Problem.GROUP_EXISTS, () -> groups.create(draft("one", two.id())));
        assertRefused(Problem.GROUP_EXISTS, () -> groups.rename(two.id(), "one", ""));
        assertThat(groups.rename(one.id(), "one", "changed").description()).isEqualTo("changed");
        assertThat(groups.get(one.id()).description()).isEqualTo("changed");
        assertRefused(Problem.NOT_FOUND, () -> store.update(group("none", null)));
    }

    @Test
    void groups_are_listed_by_name_in_pages() {
        List.of("b", "A", "a", "B", "_").forEach(name -> groups.create(draft(name, null)));

        Page<Group> first = groups.list(new Page.Request(null, 3));
        Page<Group> second = groups.list(new Page.Request(first.next(), 3));

        assertThat(first.items()).extracting(Group::name).containsExactly("A", "B", "_");
        assertThat(second.items()).extracting(Group::name).containsExactly("a", "b");
        assertThat(second.next()).isNull();
    }

    @Test
    void groups_are_bounded_in_number_and_in_depth() {
        store.insert(group("1", null), 2);
        store.insert(group("2", "1"), 2);
        assertRefused(Problem.LIMIT_REACHED, () -> store.insert(group("3", null), 2));
        assertThat(store.find("3")).isEmpty();

        Group below = groups.get("2");
        for (int level = 3; level <= 5; level++) {
            below = groups.create(draft("level " + level, below.id()));
        }
        String fifth = below.id();
        assertRefused(Problem.LIMIT_REACHED, () -> groups.create(draft("level 6", fifth)));
        assertRefused(Problem.NOT_FOUND, () -> groups.create(draft("orphan", "none")));
        assertRefused(Problem.NOT_FOUND, () -> store.insert(group("orphan", "none"), 100));
    }

    @Test
    void members_are_put_into_a_static_group_and_taken_out() {
        Group group = groups.create(draft("g", null));

        groups.add(group.id(), ids("c", "a"));
        groups.add(group.id(), ids("a", "b"));
        groups.remove(group.id(), ids("b", "nobody"));

        assertThat(members(group.id())).containsExactly("a", "c");
        assertThat(groups.of(id("a"))).containsExactly(group);
        assertThat(groups.of(id("b"))).isEmpty();
        assertRefused(Problem.DEVICE_NOT_FOUND, () -> groups.of(id("nobody")));
        assertRefused(Problem.NOT_FOUND, () -> groups.add("none", ids("a")));
        assertRefused(Problem.NOT_FOUND, () -> store.add("none", ids("a"), WIDE));
        assertRefused(Problem.DEVICE_NOT_FOUND, () -> groups.add(group.id(), ids("b", "nobody")));
        assertThat(members(group.id())).as("all or none").containsExactly("a", "c");
    }

    @Test
    void members_are_bounded_from_both_sides() {
        store.insert(group("1", null), 10);
        store.insert(group("2", null), 10);
        store.add("1", ids("a", "b"), new Bounds(2, 1));

        assertRefused(Problem.LIMIT_REACHED, () -> store.add("1", ids("c"), new Bounds(2, 10)));
        assertRefused(Problem.LIMIT_REACHED, () -> store.add("2", ids("c", "a"), new Bounds(10, 1)));
        assertThat(members("2")).isEmpty();
        store.add("1", ids("a", "b"), new Bounds(2, 1));
        store.add("2", ids("a"), new Bounds(2, 2));
        assertThat(groups.of(id("a"))).extracting(Group::id).containsExactly("1", "2");
    }

    @Test
    void members_come_in_pages() {
        Group group = groups.create(draft("g", null));
        groups.add(group.id(), ids("a", "b", "c"));

        List<String> found = new ArrayList<>();
        String cursor = null;
        do {
            Page<Device> page = groups.members(group.id(), new Page.Request(cursor, 2));
            page.items().forEach(each -> found.add(each.id().name()));
            cursor = page.next();
        } while (cursor != null);

        assertThat(found).containsExactly("a", "b", "c");
    }

    @Test
    void members_of_a_dynamic_group_are_what_its_query_finds_now() {
        Group group = groups.create(new Groups.Draft("g", "", null, GroupRule.of("enabled = true")));
        assertThat(members(group.id())).containsExactly("a", "b", "c");

        storage.devices().update(device("b").withEnabled(false));
        assertThat(members(group.id())).containsExactly("a", "c");

        groups.changeRule(group.id(), GroupRule.of("name = c"));
        assertThat(members(group.id())).containsExactly("c");
        assertRefused(Problem.INVALID_ARGUMENT, () -> groups.add(group.id(), ids("a")));
        assertRefused(Problem.INVALID_ARGUMENT, () -> groups.remove(group.id(), ids("a")));
    }

    @Test
    void a_rule_in_a_language_of_others_is_kept_with_it_and_read_when_members_are_asked_for() {
        Devices devices = new Devices(
                storage.devices(), new Products(storage.products(), () -> NOW, _ -> {}), () -> NOW, (_, _) -> {});
        AtomicReference<String> meant = new AtomicReference<>("a");
        Groups polyglot = new Groups(store, devices, List.of(new Nicknames(meant)), () -> NOW);
        Group group = polyglot.create(new Groups.Draft("g", "", null, new GroupRule("nicknames", "那个 ''")));

        assertThat(polyglot.members(group.id(), ALL).items())
                .extracting(Device::id)
                .containsExactly(id("a"));
        meant.set("b");
        assertThat(polyglot.members(group.id(), ALL).items())
                .extracting(Device::id)
                .containsExactly(id("b"));
        assertThat(polyglot.get(group.id()).rule()).isEqualTo(new GroupRule("nicknames", "那个 ''"));
        assertRefused(
                Problem.INVALID_ARGUMENT,
                () -> polyglot.create(new Groups.Draft("h", "", null, new GroupRule("nicknames", "who?"))));
        assertRefused(Problem.UNSUPPORTED, () -> groups.members(group.id(), ALL));
    }

    /// A language that knows one text, which means the device of that name.
    private record Nicknames(AtomicReference<String> meant) implements DeviceLanguage {
        @Override
        public String name() {
            return "nicknames";
        }

        @Override
        public DeviceCondition read(String text) {
            ProblemException.require(text.startsWith("那个"), "nobody is called so");
            return new DeviceCondition.TextIn(DeviceCondition.TextField.Name.NAME, List.of(meant.get()));
        }
    }

    @Test
    void a_rule_says_something_and_no_more_than_a_query_may() {
        assertRefused(Problem.INVALID_ARGUMENT, () -> GroupRule.of(" "));
        assertThat(GroupRule.of("x".repeat(2000)).text()).hasSize(2000);
        assertRefused(Problem.INVALID_ARGUMENT, () -> GroupRule.of("x".repeat(2001)));
        assertRefused(
                Problem.INVALID_ARGUMENT, () -> groups.create(new Groups.Draft("g", "", null, GroupRule.of("name ="))));
        assertThat(groups.list(ALL).items()).isEmpty();
    }

    @Test
    void a_group_tells_when_it_was_changed() {
        AtomicReference<Instant> now = new AtomicReference<>(NOW);
        Groups later = new Groups(
                store,
                new Devices(
                        storage.devices(),
                        new Products(storage.products(), () -> NOW, _ -> {}),
                        () -> NOW,
                        (_, _) -> {}),
                List.of(),
                now::get);
        Group group = later.create(draft("vorher", null));
        now.set(NOW.plusSeconds(5));

        later.rename(group.id(), "nachher", "后");

        Group renamed = store.find(group.id()).orElseThrow();
        assertThat(renamed).isEqualTo(new Group(group.id(), "nachher", "后", null, null, NOW, NOW.plusSeconds(5)));
        assertThat(store.findByName("vorher")).isEmpty();
        assertThat(store.findByName("nachher")).contains(renamed);
    }

    @Test
    void tags_of_a_group_are_replaced_as_a_whole() {
        Group group = groups.create(draft("g", null));
        groups.replaceTags(group.id(), Map.of("room", "厅", "floor", "1"));
        assertThat(groups.tags(group.id())).containsExactly(Map.entry("floor", "1"), Map.entry("room", "厅"));

        groups.replaceTags(group.id(), Map.of("floor", "2"));
        assertThat(groups.tags(group.id())).containsExactly(Map.entry("floor", "2"));
        groups.replaceTags(group.id(), Map.of());
        assertThat(groups.tags(group.id())).isEmpty();
        assertRefused(Problem.NOT_FOUND, () -> groups.tags("none"));
        assertRefused(Problem.NOT_FOUND, () -> groups.replaceTags("none", Map.of("floor", "2")));
    }

    @Test
    void tags_of_a_group_are_bounded() {
        Group group = groups.create(draft("g", null));
        Map<String, String> most = IntStream.range(0, Groups.MAX_TAGS)
                .boxed()
                .collect(Collectors.toMap(i -> "key" + i, i -> "x".repeat(128)));
        groups.replaceTags(group.id(), most);
        Map<String, String> more = new HashMap<>(most);
        more.put("one.more", "x");

        assertRefused(Problem.LIMIT_REACHED, () -> groups.replaceTags(group.id(), more));
        assertRefused(Problem.INVALID_ARGUMENT, () -> groups.replaceTags(group.id(), Map.of("a", "x".repeat(129))));
        assertRefused(Problem.INVALID_ARGUMENT, () -> groups.replaceTags(group.id(), Map.of("a", "")));
        assertRefused(Problem.INVALID_ARGUMENT, () -> groups.replaceTags(group.id(), Map.of("键", "x")));
        assertThat(groups.tags(group.id())).isEqualTo(most);
    }

    @Test
    void groups_are_found_by_all_of_some_tags_and_gone_ones_are_not() {
        Group hall = groups.create(draft("厅", null));
        Group attic = groups.create(draft("attic", null));
        groups.replaceTags(hall.id(), Map.of("floor", "1", "use", "living"));
        groups.replaceTags(attic.id(), Map.of("floor", "9", "use", "living"));

        assertThat(groups.tagged(Map.of("use", "living"))).containsExactly(attic, hall);
        assertThat(groups.tagged(Map.of("use", "living", "floor", "1"))).containsExactly(hall);
        assertThat(groups.tagged(Map.of("floor", "living"))).isEmpty();
        groups.delete(hall.id());
        assertThat(groups.tagged(Map.of("use", "living"))).containsExactly(attic);
        assertRefused(Problem.INVALID_ARGUMENT, () -> groups.tagged(Map.of()));
    }

    @Test
    void a_static_group_gets_no_rule() {
        Group group = groups.create(draft("g", null));

        assertRefused(Problem.INVALID_ARGUMENT, () -> groups.changeRule(group.id(), GroupRule.of("name = a")));
    }

    @Test
    void a_group_with_members_or_sub_groups_is_not_deleted() {
        Group top = groups.create(draft("top", null));
        Group below = groups.create(draft("below", top.id()));
        groups.add(below.id(), ids("a"));

        assertRefused(Problem.GROUP_NOT_EMPTY, () -> groups.delete(top.id()));
        assertRefused(Problem.GROUP_NOT_EMPTY, () -> groups.delete(below.id()));
        groups.remove(below.id(), ids("a"));
        groups.delete(below.id());
        groups.delete(top.id());

        assertThat(groups.list(ALL).items()).isEmpty();
        assertRefused(Problem.NOT_FOUND, () -> groups.delete(top.id()));
    }

    @Test
    void a_deleted_device_is_in_no_group() {
        Group group = groups.create(draft("g", null));
        groups.add(group.id(), ids("a", "b"));

        storage.devices().delete(id("a"));
        storage.devices().insert(device("a"));

        assertThat(members(group.id())).containsExactly("b");
        assertThat(groups.of(id("a"))).isEmpty();
    }

    private List<String> members(String group) {
        return groups.members(group, ALL).items().stream()
                .map(device -> device.id().name())
                .toList();
    }

    private static Groups.Draft draft(String name, @Nullable String parent) {
        return new Groups.Draft(name, "", parent, null);
    }

    private static Group group(String id, @Nullable String parent) {
        return new Group(id, "group " + id, "", parent, null, NOW, NOW);
    }

    private static List<DeviceId> ids(String... names) {
        return Stream.of(names).map(Samples::id).toList();
    }
}
