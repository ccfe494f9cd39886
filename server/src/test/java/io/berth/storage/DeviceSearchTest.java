package io.berth.storage;

import static io.berth.storage.Samples.NOW;
import static io.berth.storage.Samples.await;
import static io.berth.storage.Samples.product;
import static io.berth.testing.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.berth.core.Problem;
import io.berth.core.Slice;
import io.berth.core.Slice.Order;
import io.berth.core.credential.Secret;
import io.berth.core.device.Device;
import io.berth.core.device.DeviceCondition;
import io.berth.core.device.DeviceId;
import io.berth.core.device.DeviceProfile;
import io.berth.core.device.DeviceQuery;
import io.berth.core.device.DeviceStore.Presence;
import io.berth.core.device.Group;
import io.berth.core.device.GroupStore;
import io.berth.core.device.Versions;
import io.berth.core.product.Product;
import io.berth.core.product.Product.AuthKind;
import io.berth.core.product.Product.DataFormat;
import io.berth.core.product.Product.NodeType;
import io.berth.core.thing.ThingModel;
import io.berth.testing.DeviceMatch;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Random;
import java.util.SequencedMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource
final class DeviceSearchTest {
    private static final List<String> COMPARISONS = List.of(
            "product = pk",
            "product in (hub, none)",
            "product like 'p%'",
            "name = a1",
            "name != a1",
            "name in (a1, b_2, 'none')",
            "name like 'a%'",
            "name like 'A%'",
            "name like 'b_%'",
            "name not like 'a%'",
            "name like '%'",
            "alias like 'alias_b%'",
            "tag.floor = 1",
            "tag.floor != 1",
            "tag.floor in (2, '楼 3')",
            "tag.floor like '%'",
            "tag.floor not like '%'",
            "tag.Floor = 1",
            "tag.note = 'it''s 100%'",
            "tag.note = ''",
            "tag.note like '50%'",
            "node_type = gateway",
            "node_type not in (gateway, sub)",
            "enabled = true",
            "enabled = false",
            "created < 2026-11-21T10:00:02Z",
            "created >= 2026-11-21T10:00:02.123Z",
            "created = 2026-11-21T10:00:01.123Z",
            "created != 2026-11-21T10:00:01.123Z",
            "activated <= 2026-11-21T10:01:00Z",
            "last_seen > 2026-11-21T10:00:30Z",
            "last_seen <= 9999-12-31",
            "node_id = a1",
            "nickname = 'nick a2'",
            "nickname like 'nick%'",
            "firmware = 1.0",
            "firmware != 1.0",
            "software in (2.0, 3.0)",
            "space = 00000000000000000000000000000000",
            "space != 00000000000000000000000000000000",
            "group = g1",
            "group != g1",
            "attached = true",
            "attached != true",
            "name = '; DROP TABLE device; --'",
            "tag.floor = '?'");

    private static final DeviceCondition ALL = new DeviceCondition.All(List.of());

    private final TestEngine engine;
    private final List<DeviceMatch> fleet = new ArrayList<>();

    @TempDir
    Path directory;

    private Storage storage;

    DeviceSearchTest(TestEngine engine) {
        this.engine = engine;
    }

    @BeforeEach
    void a_fleet_of_all_sorts() {
        storage = engine.open(directory, () -> NOW);
        Product direct = product("pk");
        Product hub = gateways("hub");
        storage.products().insert(direct);
        storage.products().insert(hub);
        storage.groups().insert(new Group("g1", "g1", "", null, null, NOW, NOW), 10);
        add(direct, "a1", true, null, tagged("floor", "1", "note", "it's 100%"));
        add(direct, "a2", false, NOW.plusSeconds(20), tagged("floor", "2"));
        add(direct, "A3", true, NOW.plusSeconds(40), tagged("Floor", "1", "floor", "楼 3"));
        add(direct, "b_2", true, NOW.plusSeconds(60), tagged("note", ""));
        add(direct, "bx2", false, null, tagged());
        add(hub, "a1", true, NOW.plusSeconds(80), tagged("floor", "1", "note", "50%"));
        add(hub, "z", true, null, tagged("note", "500"));
    }

    @AfterEach
    void close() {
        storage.close();
    }

    @Test
    void every_comparison_finds_what_the_reference_finds() {
        COMPARISONS.forEach(this::assertFindsWhatTheReferenceFinds);
        assertThat(COMPARISONS.stream().map(DeviceQuery.LANGUAGE::read).filter(this::findsSome))
                .as("comparisons that find something, so that agreement says something")
                .hasSizeGreaterThan(25);
    }

    @Test
    void joined_and_turned_conditions_find_what_the_reference_finds() {
        Random random = new Random(20261122);
        for (int i = 0; i < 300; i++) {
            assertFindsWhatTheReferenceFinds(query(random, 3));
        }
    }

    @Test
    void devices_are_ordered_by_when_they_were_activated_and_the_rest_comes_last() {
        assertThat(activated(Order.OLDEST_FIRST, 0, 4)).containsExactly("pk/a2", "pk/A3", "pk/b_2", "hub/a1");
        assertThat(activated(Order.NEWEST_FIRST, 1, 3)).containsExactly("pk/b_2", "pk/A3", "pk/a2");
        assertThat(activated(Order.NEWEST_FIRST, 4, 9)).containsExactly("hub/z", "pk/bx2", "pk/a1");
        assertThat(activated(Order.OLDEST_FIRST, 4, 9)).containsExactly("pk/a1", "pk/bx2", "hub/z");
    }

    private List<String> activated(Order order, int offset, int limit) {
        return storage.devices().byActivation(ALL, new Slice(order, null, offset, limit)).stream()
                .map(device -> device.id().toString())
                .toList();
    }

    @Test
    void slices_by_name_go_by_product_and_name() {
        assertThat(walk(Order.NAME)).containsExactly("hub/a1", "hub/z", "pk/A3", "pk/a1", "pk/a2", "pk/b_2", "pk/bx2");
        assertRefused(Problem.INVALID_ARGUMENT, () -> storage.devices().find(ALL, new Slice(Order.NAME, "pk", 0, 2)));
    }

    @Test
    void slices_by_age_begin_with_the_newest_or_the_oldest() {
        assertThat(walk(Order.NEWEST_FIRST))
                .containsExactly("hub/z", "hub/a1", "pk/bx2", "pk/b_2", "pk/A3", "pk/a2", "pk/a1");
        assertThat(walk(Order.OLDEST_FIRST))
                .containsExactly("pk/a1", "pk/a2", "pk/A3", "pk/b_2", "pk/bx2", "hub/a1", "hub/z");
    }

    @Test
    void an_offset_is_counted_after_the_place_and_nothing_follows_the_last_record() {
        Slice.Found<Device> first = storage.devices().find(ALL, new Slice(Order.NEWEST_FIRST, "f".repeat(24), 0, 2));
        Slice.Found<Device> later = storage.devices().find(ALL, new Slice(Order.NEWEST_FIRST, first.last(), 3, 2));

        assertThat(first.last()).matches("[0-9a-f]{24}");
        assertThat(later.items()).extracting(device -> device.id().toString()).containsExactly("pk/a2", "pk/a1");
        assertThat(storage.devices().find(ALL, new Slice(Order.NEWEST_FIRST, later.last(), 0, 2)))
                .isEqualTo(new Slice.Found<>(List.of(), List.of()));
        assertThat(storage.devices()
                        .find(ALL, new Slice(Order.NAME, null, 7, 2))
                        .items())
                .isEmpty();
    }

    @Test
    void the_devices_behind_a_gateway_are_found() {
        DeviceCondition behind = new DeviceCondition.Behind(new DeviceId("pk", "a1"));

        assertThat(storage.devices()
                        .find(behind, new Slice(Order.NAME, null, 0, 10))
                        .items())
                .extracting(device -> device.id().toString())
                .containsExactly("pk/a2", "pk/bx2");
        assertThat(storage.devices().count(behind)).isEqualTo(2);
    }

    @Test
    void the_devices_behind_those_behind_a_gateway_are_found_when_they_are_wanted_too() {
        DeviceId top = new DeviceId("pk", "a1");
        DeviceId middle = new DeviceId("pk", "a2");
        storage.topology().link(middle, List.of(new DeviceId("hub", "a1")), 10);

        assertThat(names(new DeviceCondition.Behind(top))).containsExactly("pk/a2", "pk/bx2");
        assertThat(names(new DeviceCondition.FarBehind(top))).containsExactly("hub/a1", "pk/a2", "pk/bx2");
        assertThat(names(new DeviceCondition.FarBehind(middle))).containsExactly("hub/a1");
        assertThat(names(new DeviceCondition.Child())).containsExactly("hub/a1", "pk/a2", "pk/bx2");
    }

    private List<String> names(DeviceCondition condition) {
        return storage.devices().find(condition, new Slice(Order.NAME, null, 0, 10)).items().stream()
                .map(device -> device.id().toString())
                .toList();
    }

    @Test
    void counts_what_it_finds() {
        for (String comparison : COMPARISONS) {
            DeviceCondition condition = DeviceQuery.LANGUAGE.read(comparison);
            assertThat(storage.devices().count(condition))
                    .as(comparison)
                    .isEqualTo(
                            fleet.stream().filter(each -> each.meets(condition)).count());
        }
    }

    private List<String> walk(Order order) {
        List<String> found = new ArrayList<>();
        Slice.Found<Device> part = storage.devices().find(ALL, new Slice(order, null, 0, 2));
        while (!part.items().isEmpty()) {
            assertThat(part.items()).hasSizeLessThanOrEqualTo(2);
            part.items().forEach(device -> found.add(device.id().toString()));
            part = storage.devices().find(ALL, new Slice(order, part.last(), 0, 2));
        }
        return found;
    }

    private void assertFindsWhatTheReferenceFinds(String text) {
        DeviceCondition query = DeviceQuery.LANGUAGE.read(text);
        List<DeviceId> expected = fleet.stream()
                .filter(each -> each.meets(query))
                .map(each -> each.device().id())
                .toList();
        assertThat(storage.devices()
                        .find(query, new Slice(Order.NAME, null, 0, 100))
                        .items())
                .extracting(Device::id)
                .as(text)
                .containsExactlyInAnyOrderElementsOf(expected);
    }

    private boolean findsSome(DeviceCondition query) {
        return fleet.stream().anyMatch(each -> each.meets(query));
    }

    private static String query(Random random, int depth) {
        return switch (depth == 0 ? 0 : random.nextInt(4)) {
            case 1 -> "(" + query(random, depth - 1) + ") and (" + query(random, depth - 1) + ")";
            case 2 -> query(random, depth - 1) + " or " + query(random, depth - 1);
            case 3 -> "not (" + query(random, depth - 1) + ")";
            default -> COMPARISONS.get(random.nextInt(COMPARISONS.size()));
        };
    }

    private void add(
            Product product,
            String name,
            boolean enabled,
            @Nullable Instant lastSeen,
            SequencedMap<String, String> tags) {
        DeviceId id = new DeviceId(product.key(), name);
        Device device = new Device(
                id,
                "alias_" + name + "@" + product.key(),
                name,
                new Secret("s"),
                enabled,
                NOW.plusSeconds(fleet.size()),
                lastSeen == null ? null : lastSeen.minusSeconds(5),
                lastSeen,
                null,
                null,
                new DeviceProfile(name.equals("a2") ? "nick a2" : "", "", "", false, null),
                name.startsWith("a") ? new Versions("1.0", "2.0", "") : Versions.NONE,
                null);
        storage.devices().insert(device);
        storage.tags().put(id, tags, 10);
        boolean attached = false;
        if (lastSeen != null && enabled) {
            attached = true;
            await(storage.devices().recordPresence(List.of(new Presence(id, lastSeen, "x", true))));
        }
        Set<String> groups = name.endsWith("2") ? Set.of("g1") : Set.of();
        if (!groups.isEmpty()) {
            storage.groups().add("g1", List.of(id), new GroupStore.Bounds(100, 10));
        }
        DeviceId gateway = enabled || product.key().equals("hub") ? null : new DeviceId("pk", "a1");
        if (gateway != null) {
            storage.topology().link(gateway, List.of(id), 10);
        }
        fleet.add(new DeviceMatch(device, product, tags, attached, gateway, groups));
    }

    private static SequencedMap<String, String> tagged(String... keysAndValues) {
        SequencedMap<String, String> tagged = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            tagged.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        return tagged;
    }

    private static Product gateways(String key) {
        return new Product(
                key,
                key,
                key,
                new Secret("s"),
                AuthKind.SECRET,
                NodeType.GATEWAY,
                DataFormat.JSON,
                false,
                List.of(),
                NOW,
                ThingModel.EMPTY);
    }
}
