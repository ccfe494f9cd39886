package io.berth.storage;

import static io.berth.storage.Samples.NOW;
import static io.berth.storage.Samples.await;
import static io.berth.storage.Samples.device;
import static io.berth.storage.Samples.id;
import static io.berth.storage.Samples.product;
import static io.berth.testing.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.berth.core.Problem;
import io.berth.core.Slice;
import io.berth.core.credential.Fingerprint;
import io.berth.core.credential.Pins;
import io.berth.core.credential.Secret;
import io.berth.core.device.Device;
import io.berth.core.device.DeviceCondition;
import io.berth.core.device.DeviceId;
import io.berth.core.device.DeviceProfile;
import io.berth.core.device.DeviceStore;
import io.berth.core.device.DeviceStore.ImportVerdict;
import io.berth.core.device.DeviceStore.Presence;
import io.berth.core.device.Versions;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource
final class DeviceStoreTest {
    private final TestEngine engine;

    @TempDir
    Path directory;

    private Storage storage;
    private DeviceStore devices;

    DeviceStoreTest(TestEngine engine) {
        this.engine = engine;
    }

    @BeforeEach
    void open() {
        storage = engine.open(directory, () -> NOW);
        storage.products().insert(product("pk"));
        devices = storage.devices();
    }

    @AfterEach
    void close() {
        storage.close();
    }

    @Test
    void finds_what_was_inserted_by_both_names() {
        devices.insert(device("d"));

        assertThat(devices.find(id("d"))).contains(device("d"));
        assertThat(devices.findByAlias("alias_d")).contains(device("d"));
        assertThat(devices.find(id("D"))).isEmpty();
        assertThat(devices.findByAlias("d")).isEmpty();
    }

    @Test
    void keeps_every_part_of_a_device() {
        Device whole = new Device(
                id("d"),
                "a:b@c.d-e",
                "网关 №1 🚢",
                new Secret("s"),
                false,
                NOW,
                NOW,
                NOW.plusMillis(1),
                "[::1]:5",
                new Secret("spare"),
                new DeviceProfile("仓库 🚢", "by the door", "{\"shelf\":3}", true, NOW.plusSeconds(60)),
                new Versions("1.2", "2.0", "java 1.2.1"),
                new Pins(new Fingerprint("0".repeat(40)), new Fingerprint("f".repeat(64))));

        devices.insert(whole);

        assertThat(devices.find(id("d"))).contains(whole);
    }

    @Test
    void a_device_by_certificate_is_pinned_once_whoever_comes_at_the_same_time() {
        devices.insert(device("d"));
        Fingerprint first = new Fingerprint("AB:" + "0".repeat(38));
        assertThat(devices.pin(id("d"), first)).as("it has a secret").isFalse();
        devices.updatePins(id("d"), Pins.NONE);

        List<Fingerprint> pinned = IntStream.range(0, 16)
                .mapToObj(i -> new Fingerprint("%040x".formatted(i)))
                .parallel()
                .filter(fingerprint -> devices.pin(id("d"), fingerprint))
                .toList();

        assertThat(pinned).hasSize(1);
        devices.update(device("d"));
        assertThat(devices.find(id("d")).orElseThrow().pins()).isEqualTo(new Pins(pinned.getFirst(), null));
        devices.updatePins(id("d"), new Pins(null, first));
        assertThat(devices.pin(id("d"), pinned.getFirst())).isFalse();
        devices.updatePins(id("d"), null);
        assertThat(devices.find(id("d"))).contains(device("d"));
        assertRefused(Problem.DEVICE_NOT_FOUND, () -> devices.updatePins(id("none"), null));
    }

    @Test
    void says_why_a_device_cannot_be_inserted() {
        devices.insert(device("d"));

        assertRefused(Problem.DEVICE_EXISTS, () -> devices.insert(device("d")));
        assertRefused(Problem.ALIAS_TAKEN, () -> devices.insert(device("e", "alias_d", "s")));
        assertRefused(Problem.PRODUCT_NOT_FOUND, () -> devices.insert(ofProduct("none", "d")));
    }

    @Test
    void update_replaces_secrets_enabled_activated_and_profile_only() {
        devices.insert(device("d"));
        DeviceProfile profile = new DeviceProfile("n", "d", "e", true, NOW);
        Secret spare = new Secret("spare");
        Device changed = new Device(
                id("d"),
                "other",
                "other",
                new Secret("new"),
                false,
                NOW.plusSeconds(9),
                NOW,
                NOW,
                "x",
                spare,
                profile,
                new Versions("9", "9", "9"),
                null);

        devices.update(changed);

        assertThat(devices.find(id("d")))
                .contains(new Device(
                        id("d"),
                        "alias_d",
                        "节点-d",
                        new Secret("new"),
                        false,
                        NOW,
                        NOW,
                        null,
                        null,
                        spare,
                        profile,
                        Versions.NONE,
                        null));
        assertRefused(Problem.DEVICE_NOT_FOUND, () -> devices.update(device("none")));
    }

    @Test
    void what_a_device_says_changes_nothing_else() {
        devices.insert(device("d"));
        Versions versions = new Versions("1", "2", "3");

        devices.updateVersions(id("d"), versions);
        devices.updateVersions(id("none"), versions);

        Device found = devices.find(id("d")).orElseThrow();
        assertThat(found.versions()).isEqualTo(versions);
        assertThat(found.secret()).isEqualTo(device("d").secret());
    }

    @Test
    void devices_that_should_have_logged_in_by_now_are_overdue() {
        insertWithDeadline("late", NOW);
        insertWithDeadline("later", NOW.plusSeconds(1));
        insertWithDeadline("seen", NOW);
        devices.insert(device("whenever"));
        await(devices.recordPresence(List.of(new Presence(id("seen"), NOW, "x", false))));

        assertThat(devices.overdue(NOW, 10)).containsExactly(id("late"));
        assertThat(devices.overdue(NOW.plusSeconds(1), 10)).containsExactly(id("late"), id("later"));
        assertThat(devices.overdue(NOW.plusSeconds(1), 1)).containsExactly(id("late"));
    }

    private void insertWithDeadline(String name, Instant activateBy) {
        devices.insert(device(name).withProfile(new DeviceProfile("", "", "", false, activateBy)));
    }

    @Test
    void delete_takes_the_session_along() {
        devices.insert(device("d"));
        await(storage.sessions().open(id("d"), NOW.plusSeconds(60)));

        devices.delete(id("d"));
        devices.insert(device("d"));

        assertThat(await(storage.sessions().load(id("d"), 10))).isEmpty();
        devices.delete(id("d"));
        assertRefused(Problem.DEVICE_NOT_FOUND, () -> devices.delete(id("d")));
    }

    @Test
    void lists_the_devices_of_a_product_in_the_order_of_names() {
        List<String> names = List.of("@", "A", "B", "_", "a", "b");
        names.reversed().forEach(name -> devices.insert(device(name)));

        assertThat(listed("pk")).extracting(device -> device.id().name()).isEqualTo(names);
        assertThat(listed("none")).isEmpty();
    }

    @Test
    void import_says_what_became_of_each_device() {
        devices.insert(device("old"));
        List<Device> list = List.of(
                device("new"),
                device("old"),
                device("old", "alias_old", "another secret".replace(' ', '-')),
                device("old", "another_alias", "secret-old"),
                device("thief", "alias_old", "s"),
                ofProduct("none", "d"),
                device("new"),
                device("new", "alias_new", "x"));

        List<ImportVerdict> verdicts = devices.insertAll(list, false);

        assertThat(verdicts)
                .containsExactly(
                        ImportVerdict.CREATED,
                        ImportVerdict.UNCHANGED,
                        ImportVerdict.DEVICE_EXISTS,
                        ImportVerdict.DEVICE_EXISTS,
                        ImportVerdict.ALIAS_TAKEN,
                        ImportVerdict.PRODUCT_NOT_FOUND,
                        ImportVerdict.UNCHANGED,
                        ImportVerdict.DEVICE_EXISTS);
        assertThat(devices.find(id("new"))).contains(device("new"));
        assertThat(devices.find(id("thief"))).isEmpty();
    }

    @Test
    void a_dry_run_gives_the_same_verdicts_and_keeps_nothing() {
        List<Device> list = List.of(device("new"), device("new"), device("other", "alias_new", "s"));

        List<ImportVerdict> dry = devices.insertAll(list, true);

        assertThat(devices.find(id("new"))).isEmpty();
        assertThat(dry).isEqualTo(devices.insertAll(list, false));
        assertThat(dry).containsExactly(ImportVerdict.CREATED, ImportVerdict.UNCHANGED, ImportVerdict.ALIAS_TAKEN);
    }

    @Test
    void an_import_may_be_repeated() {
        List<Device> list =
                IntStream.range(0, 3_000).mapToObj(i -> device("d" + i)).toList();

        assertThat(devices.insertAll(list, false)).containsOnly(ImportVerdict.CREATED);
        assertThat(devices.insertAll(list, false)).hasSize(3_000).containsOnly(ImportVerdict.UNCHANGED);
    }

    @Test
    void a_device_is_activated_once_until_it_is_reset() {
        devices.insert(device("d"));

        await(devices.activate(id("d"), NOW));
        await(devices.activate(id("d"), NOW.plusSeconds(10)));
        await(devices.activate(id("none"), NOW));

        assertThat(devices.find(id("d"))).map(Device::activated).contains(NOW);
        devices.update(devices.find(id("d")).orElseThrow().reset(device("d").secret()));
        await(devices.activate(id("d"), NOW.plusSeconds(20)));
        assertThat(devices.find(id("d"))).map(Device::activated).contains(NOW.plusSeconds(20));
    }

    @Test
    void presence_sets_activation_once_and_never_goes_back() {
        devices.insert(device("d"));
        Instant later = NOW.plusSeconds(10);

        await(devices.recordPresence(List.of(new Presence(id("d"), NOW, "1.1.1.1:1", true))));
        await(devices.recordPresence(
                List.of(new Presence(id("d"), later, "2.2.2.2:2", true), new Presence(id("none"), later, "x", true))));
        await(devices.recordPresence(List.of(new Presence(id("d"), NOW, "late", true))));

        Device seen = devices.find(id("d")).orElseThrow();
        assertThat(seen.activated()).isEqualTo(NOW);
        assertThat(seen.lastSeen()).isEqualTo(later);
        assertThat(seen.address()).isEqualTo("2.2.2.2:2");
    }

    @Test
    void who_was_attached_is_known_until_it_is_forgotten() {
        List.of("a", "b", "c", "reset").forEach(name -> devices.insert(device(name)));
        Instant later = NOW.plusSeconds(10);
        await(devices.recordPresence(List.of(
                new Presence(id("a"), NOW, "1.1.1.1:1", true),
                new Presence(id("b"), NOW, "2.2.2.2:2", true),
                new Presence(id("c"), NOW, "3.3.3.3:3", true),
                new Presence(id("reset"), NOW, "4.4.4.4:4", true))));
        await(devices.recordPresence(List.of(new Presence(id("b"), later, "2.2.2.2:2", false))));
        devices.update(device("reset").reset(new Secret("new")));

        assertThat(devices.attached(1)).containsExactly(new Presence(id("a"), NOW, "1.1.1.1:1", true));
        assertThat(devices.attached(10)).extracting(Presence::id).containsExactly(id("a"), id("c"));
        await(devices.forgetAttached(List.of(id("a"), id("none"))));
        assertThat(devices.attached(10)).extracting(Presence::id).containsExactly(id("c"));
    }

    @Test
    void many_writers_at_once_lose_nothing_and_only_one_gets_a_name() throws Exception {
        List<Callable<Boolean>> attempts = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            String name = "d" + i % 200;
            String secret = "s" + i;
            attempts.add(() -> devices.insertAll(List.of(device(name, "a_" + name, secret)), false)
                    .contains(ImportVerdict.CREATED));
        }
        int created = 0;
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Boolean> attempt : executor.invokeAll(attempts)) {
                created += attempt.get() ? 1 : 0;
            }
        }
        assertThat(created).isEqualTo(200);
        assertThat(devices.count(DeviceCondition.ofProduct("pk"))).isEqualTo(200);
    }

    private List<Device> listed(String product) {
        return devices.find(DeviceCondition.ofProduct(product), new Slice(Slice.Order.NAME, null, 0, 100))
                .items();
    }

    private static Device ofProduct(String product, String name) {
        return new Device(
                new DeviceId(product, name), product + name, "n", new Secret("s"), true, NOW, null, null, null);
    }
}
