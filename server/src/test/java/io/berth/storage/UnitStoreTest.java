package io.berth.storage;

import static io.berth.storage.Samples.NOW;
import static io.berth.storage.Samples.await;
import static io.berth.storage.Samples.device;
import static io.berth.storage.Samples.id;
import static io.berth.storage.Samples.product;
import static io.berth.testing.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.berth.core.Problem;
import io.berth.core.credential.Secret;
import io.berth.core.device.Device;
import io.berth.core.device.DeviceId;
import io.berth.core.device.DeviceRef;
import io.berth.core.device.Unit;
import io.berth.core.enrol.UnitStore;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource
@SuppressWarnings("NullAway.Init") // made before each test
final class UnitStoreTest {
    private static final Instant LATER = NOW.plusSeconds(60);

    private final TestEngine engine;

    @TempDir
    Path directory;

    private Storage storage;
    private UnitStore units;

    UnitStoreTest(TestEngine engine) {
        this.engine = engine;
    }

    @BeforeEach
    void open() {
        storage = engine.open(directory, () -> NOW);
        units = storage.units();
        storage.products().insert(product("pk"));
        storage.devices().insert(device("d"));
        storage.devices().insert(device("e"));
    }

    @AfterEach
    void close() {
        storage.close();
    }

    @Test
    void units_are_kept_as_they_are_the_oldest_first() {
        Unit old = unit("z", NOW);
        Unit young = unit("a", LATER);
        assertThat(units.add(id("d"), young, 5)).isTrue();
        assertThat(units.add(id("d"), old, 5)).isTrue();

        assertThat(units.of(id("d"))).containsExactly(old, young);
        assertThat(units.of(id("e"))).isEmpty();
    }

    @Test
    void a_name_has_so_many_units_and_no_more_however_many_come_at_once() {
        List<CompletableFuture<Boolean>> added = IntStream.range(0, 12)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> units.add(id("d"), unit("u" + i, NOW), 5)))
                .toList();

        assertThat(added.stream().filter(CompletableFuture::join)).hasSize(5);
        assertThat(units.of(id("d"))).hasSize(5);
    }

    @Test
    void a_device_that_is_not_there_has_none() {
        assertRefused(Problem.DEVICE_NOT_FOUND, () -> units.add(id("none"), unit("a", NOW), 5));
        assertThat(units.of(id("none"))).isEmpty();
        assertThat(units.keep(id("none"), "a")).isFalse();
    }

    @Test
    void the_first_login_counts_and_no_later_one() {
        add("d", "a", "b");

        assertThat(await(units.seen(id("d"), "a", NOW))).isEqualTo(1);
        assertThat(await(units.seen(id("d"), "a", LATER))).isEqualTo(1);
        assertThat(await(units.seen(id("d"), "b", LATER))).isEqualTo(2);
        assertThat(await(units.seen(id("d"), "none", LATER))).isEqualTo(2);

        assertThat(units.of(id("d"))).extracting(Unit::seen).containsExactly(NOW, LATER);
    }

    @Test
    void shared_names_are_those_with_two_that_logged_in() {
        storage.products().insert(product("other"));
        DeviceId other = new DeviceId("other", "d");
        storage.devices().insert(new Device(other, "alias_other", "n", new Secret("s"), true, NOW, null, null, null));
        units.add(other, unit("a", NOW), 5);
        units.add(other, unit("b", NOW), 5);
        add("d", "a", "b", "c");
        add("e", "a", "b");
        seen(other, "a", "b");
        seen(id("d"), "a", "c");
        seen(id("e"), "b");

        assertThat(units.shared(null, null, 10)).containsExactly(other, id("d"));
        assertThat(units.shared(null, null, 1)).containsExactly(other);
        assertThat(units.shared(null, other, 10)).containsExactly(id("d"));
        assertThat(units.shared("pk", null, 10)).containsExactly(id("d"));
        assertThat(units.shared("pk", id("d"), 10)).isEmpty();
    }

    @Test
    void keeping_one_removes_the_others_of_that_device_only() {
        add("d", "a", "b", "c");
        add("e", "a", "b");

        assertThat(units.keep(id("d"), "none")).isFalse();
        assertThat(units.of(id("d"))).hasSize(3);
        assertThat(units.keep(id("d"), "b")).isTrue();

        assertThat(units.of(id("d"))).extracting(Unit::id).containsExactly("b");
        assertThat(units.of(id("e"))).hasSize(2);
    }

    @Test
    void clearing_removes_all_of_that_device_only() {
        add("d", "a", "b");
        add("e", "a");

        units.clear(id("d"));

        assertThat(units.of(id("d"))).isEmpty();
        assertThat(units.of(id("e"))).hasSize(1);
    }

    @Test
    void units_go_with_their_device() {
        add("d", "a");

        storage.devices().delete(id("d"));
        storage.devices().insert(device("d"));

        assertThat(units.of(id("d"))).isEmpty();
    }

    @Test
    void whoever_looks_a_device_up_finds_its_units_with_it() {
        add("d", "a", "b");

        assertThat(storage.directory()
                        .await(new DeviceRef.ById(id("d")))
                        .orElseThrow()
                        .units())
                .containsExactlyInAnyOrderElementsOf(units.of(id("d")));
        assertThat(storage.directory()
                        .await(new DeviceRef.ByAlias("alias_e"))
                        .orElseThrow()
                        .units())
                .isEmpty();
    }

    private void add(String device, String... ids) {
        for (int i = 0; i < ids.length; i++) {
            units.add(id(device), unit(ids[i], NOW.plusMillis(i)), 5);
        }
    }

    private void seen(DeviceId device, String... ids) {
        for (String unit : ids) {
            await(units.seen(device, unit, NOW));
        }
    }

    private static Unit unit(String id, Instant created) {
        return Unit.of(id, new Secret("token-of-" + id), created);
    }
}
