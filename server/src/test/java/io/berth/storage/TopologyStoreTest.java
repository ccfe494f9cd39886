package io.berth.storage;

import static io.berth.storage.Samples.NOW;
import static io.berth.storage.Samples.device;
import static io.berth.storage.Samples.id;
import static io.berth.storage.Samples.product;
import static io.berth.testing.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.berth.core.Page;
import io.berth.core.Problem;
import io.berth.core.device.DeviceId;
import io.berth.core.device.TopologyStore;
import io.berth.core.device.TopologyStore.Change;
import io.berth.core.device.TopologyStore.Linked;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource
final class TopologyStoreTest {
    private final TestEngine engine;

    @TempDir
    Path directory;

    private Storage storage;
    private TopologyStore topology;

    TopologyStoreTest(TestEngine engine) {
        this.engine = engine;
    }

    @BeforeEach
    void open() {
        storage = engine.open(directory, () -> NOW);
        storage.products().insert(product("pk"));
        List.of("g", "h", "a", "b", "c").forEach(name -> storage.devices().insert(device(name)));
        topology = storage.topology();
    }

    @AfterEach
    void close() {
        storage.close();
    }

    @Test
    void children_are_found_from_both_sides() {
        Linked linked = topology.link(id("g"), ids("b", "a"), 10);

        assertThat(linked).isEqualTo(new Linked(ids("b", "a"), Map.of(), 2));
        assertThat(topology.gatewayOf(id("a"))).contains(id("g"));
        assertThat(topology.gatewayOf(id("c"))).isEmpty();
        assertThat(topology.gatewaysOf(ids("a", "c", "nobody"))).isEqualTo(Map.of(id("a"), id("g")));
        assertThat(topology.gatewaysOf(List.of())).isEmpty();
        assertThat(topology.children(id("g"), new Page.Request(null, 10)).items())
                .isEqualTo(ids("a", "b"));
        assertThat(topology.countChildren(id("g"))).isEqualTo(2);
    }

    @Test
    void linking_again_is_no_change() {
        topology.link(id("g"), ids("a"), 10);

        assertThat(topology.link(id("g"), ids("a", "b", "b"), 10)).isEqualTo(new Linked(ids("b"), Map.of(), 2));
        assertThat(topology.link(id("g"), ids("a"), 10)).isEqualTo(new Linked(List.of(), Map.of(), 2));
    }

    @Test
    void a_child_of_another_gateway_moves_and_both_count_a_change() {
        topology.link(id("h"), ids("a", "b"), 10);

        Linked moved = topology.link(id("g"), ids("a", "c"), 10);

        assertThat(moved).isEqualTo(new Linked(ids("a", "c"), Map.of(id("a"), id("h")), 2));
        assertThat(topology.gatewayOf(id("a"))).contains(id("g"));
        assertThat(topology.version(id("h"))).isEqualTo(3);
        assertThat(topology.changesSince(id("h"), 0))
                .containsExactly(new Change(id("b"), true, 2), new Change(id("a"), false, 3));
    }

    @Test
    void too_many_children_are_refused_all_together() {
        topology.link(id("g"), ids("a"), 2);
        topology.link(id("h"), ids("b"), 2);

        assertRefused(Problem.LIMIT_REACHED, () -> topology.link(id("g"), ids("b", "c"), 2));
        assertThat(topology.gatewayOf(id("b"))).contains(id("h"));
        assertThat(topology.version(id("g"))).isEqualTo(1);
        assertThat(topology.version(id("h"))).isEqualTo(1);
        assertThat(topology.link(id("g"), ids("a", "c"), 2).changed()).isEqualTo(ids("c"));
    }

    @Test
    void only_devices_are_linked() {
        assertRefused(Problem.DEVICE_NOT_FOUND, () -> topology.link(id("none"), ids("a"), 10));
        assertRefused(Problem.DEVICE_NOT_FOUND, () -> topology.link(id("g"), ids("a", "none"), 10));
        assertThat(topology.gatewayOf(id("a"))).isEmpty();
    }

    @Test
    void unlinking_tells_which_stood_there() {
        topology.link(id("g"), ids("a", "b"), 10);
        topology.link(id("h"), ids("c"), 10);

        Linked unlinked = topology.unlink(id("g"), ids("a", "c", "nobody"));

        assertThat(unlinked).isEqualTo(new Linked(ids("a"), Map.of(), 3));
        assertThat(topology.gatewayOf(id("a"))).isEmpty();
        assertThat(topology.gatewayOf(id("c"))).contains(id("h"));
    }

    @Test
    void the_newest_change_of_each_child_since_a_version() {
        assertThat(topology.version(id("g"))).isZero();
        topology.link(id("g"), ids("a", "b"), 10);
        topology.unlink(id("g"), ids("a"));
        topology.link(id("g"), ids("c"), 10);
        topology.link(id("g"), ids("a"), 10);

        assertThat(topology.changesSince(id("g"), 0))
                .containsExactly(
                        new Change(id("b"), true, 2), new Change(id("c"), true, 4), new Change(id("a"), true, 5));
        assertThat(topology.changesSince(id("g"), 4)).containsExactly(new Change(id("a"), true, 5));
        assertThat(topology.changesSince(id("g"), 5)).isEmpty();
    }

    @Test
    void a_deleted_child_is_a_change_of_its_gateway() {
        topology.link(id("g"), ids("a", "b"), 10);

        storage.devices().delete(id("a"));

        assertThat(topology.version(id("g"))).isEqualTo(3);
        assertThat(topology.changesSince(id("g"), 2)).containsExactly(new Change(id("a"), false, 3));
        storage.devices().insert(device("a"));
        assertThat(topology.gatewayOf(id("a"))).isEmpty();
    }

    @Test
    void a_deleted_gateway_frees_its_children_and_leaves_nothing() {
        topology.link(id("g"), ids("a", "b"), 10);

        storage.devices().delete(id("g"));
        storage.devices().insert(device("g"));

        assertThat(topology.gatewaysOf(ids("a", "b"))).isEmpty();
        assertThat(topology.version(id("g"))).isZero();
        assertThat(topology.changesSince(id("g"), 0)).isEmpty();
    }

    @Test
    void children_are_listed_in_pages_by_product_and_name() {
        storage.products().insert(product("a1"));
        List<DeviceId> all = Stream.concat(
                        IntStream.range(0, 3).mapToObj(i -> new DeviceId("a1", "z" + i)),
                        Stream.of("a", "b", "c").map(Samples::id))
                .toList();
        all.stream().limit(3).forEach(child -> storage.devices().insert(device(child)));
        topology.link(id("g"), all.reversed(), 10);

        List<DeviceId> listed = new ArrayList<>();
        String cursor = null;
        do {
            Page<DeviceId> page = topology.children(id("g"), new Page.Request(cursor, 2));
            listed.addAll(page.items());
            cursor = page.next();
        } while (cursor != null);

        assertThat(listed).isEqualTo(all);
        assertRefused(Problem.INVALID_ARGUMENT, () -> topology.children(id("g"), new Page.Request("no cursor", 2)));
    }

    @Test
    void two_thousand_children_are_linked_at_once() {
        List<DeviceId> many =
                IntStream.range(0, 2000).mapToObj(i -> id("n" + i)).toList();
        storage.devices().insertAll(many.stream().map(Samples::device).toList(), false);

        assertThat(topology.link(id("g"), many, 2000).version()).isEqualTo(2000);
        assertThat(topology.gatewaysOf(many)).hasSize(2000);
    }

    @Test
    void a_child_that_went_is_forgotten_after_ten_thousand_changes() {
        List<DeviceId> many =
                IntStream.range(0, 2000).mapToObj(i -> id("n" + i)).toList();
        storage.devices().insertAll(many.stream().map(Samples::device).toList(), false);
        topology.link(id("g"), ids("a", "b"), 10);
        topology.unlink(id("g"), ids("a"));

        for (int i = 0; i < 4; i++) {
            topology.link(id("g"), many, 2001);
            topology.unlink(id("g"), many);
        }
        topology.link(id("g"), many, 2001);
        assertThat(topology.unlink(id("g"), many).version()).isEqualTo(20_003);

        assertThat(topology.changesSince(id("g"), 0))
                .hasSize(2001)
                .contains(new Change(id("b"), true, 2))
                .extracting(Change::child)
                .doesNotContain(id("a"));
    }

    private static List<DeviceId> ids(String... names) {
        return Stream.of(names).map(Samples::id).toList();
    }
}
