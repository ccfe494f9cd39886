package io.berth.storage;

import static io.berth.storage.Samples.NOW;
import static io.berth.storage.Samples.assertRefused;
import static io.berth.storage.Samples.device;
import static io.berth.storage.Samples.id;
import static io.berth.storage.Samples.product;
import static org.assertj.core.api.Assertions.assertThat;

import io.berth.core.Page;
import io.berth.core.Problem;
import io.berth.core.device.Device;
import io.berth.core.device.DeviceId;
import io.berth.core.device.DeviceQuery;
import io.berth.core.device.Devices;
import io.berth.core.device.Group;
import io.berth.core.device.GroupStore;
import io.berth.core.device.GroupStore.Bounds;
import io.berth.core.device.Groups;
import io.berth.core.product.Products;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
        groups = new Groups(store, new Devices(storage.devices(), products, () -> NOW, (_, _) -> {}), () -> NOW);
    }

    @AfterEach
    void close() {
        storage.close();
    }

    @Test
    void a_group_is_found_by_id_and_by_name() {
        Group top = groups.create(draft("楼", null));
        Group dynamic = groups.create(
                new Groups.Draft("dynamic", "what a query finds", top.id(), DeviceQuery.parse("name like 'a%'")));

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
        Group group = groups.create(new Groups.Draft("g", "", null, DeviceQuery.parse("enabled = true")));
        assertThat(members(group.id())).containsExactly("a", "b", "c");

        storage.devices().update(device("b").withEnabled(false));
        assertThat(members(group.id())).containsExactly("a", "c");

        groups.changeQuery(group.id(), DeviceQuery.parse("name = c"));
        assertThat(members(group.id())).containsExactly("c");
        assertRefused(Problem.INVALID_ARGUMENT, () -> groups.add(group.id(), ids("a")));
        assertRefused(Problem.INVALID_ARGUMENT, () -> groups.remove(group.id(), ids("a")));
    }

    @Test
    void a_static_group_gets_no_query() {
        Group group = groups.create(draft("g", null));

        assertRefused(Problem.INVALID_ARGUMENT, () -> groups.changeQuery(group.id(), DeviceQuery.parse("name = a")));
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
        return new Group(id, "group " + id, "", parent, null, NOW);
    }

    private static List<DeviceId> ids(String... names) {
        return Stream.of(names).map(Samples::id).toList();
    }
}
