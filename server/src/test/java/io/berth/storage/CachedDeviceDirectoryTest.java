package io.berth.storage;

import static io.berth.storage.Samples.await;
import static io.berth.storage.Samples.device;
import static io.berth.storage.Samples.id;
import static io.berth.storage.Samples.product;
import static io.berth.testing.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.device.Device;
import io.berth.core.device.DeviceId;
import io.berth.core.device.DeviceRef;
import io.berth.core.device.DeviceRef.ByAlias;
import io.berth.core.device.DeviceRef.ById;
import io.berth.core.device.DeviceSnapshot;
import io.berth.core.device.DeviceStore.Presence;
import io.berth.testing.TestClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(180)
final class CachedDeviceDirectoryTest {
    private final Registry registry = new Registry();
    private final TestClock clock = new TestClock();
    private final CachedDeviceDirectory directory =
            new CachedDeviceDirectory(registry, 1_000, CacheAge.of(true, clock));

    @AfterEach
    void close() {
        registry.open();
        directory.close();
    }

    @Test
    void answers_from_memory_after_the_first_lookup_by_either_name() {
        registry.put(device("d"));
        assertThat(directory.ifPresent(byId("d"))).isNull();

        DeviceSnapshot found = await(directory.find(byId("d"))).orElseThrow();

        assertThat(found.device()).isEqualTo(device("d"));
        assertThat(directory.ifPresent(byId("d"))).isSameAs(found);
        assertThat(directory.ifPresent(new ByAlias("alias_d"))).isSameAs(found);
        assertThat(await(directory.find(new ByAlias("alias_d")))).containsSame(found);
        assertThat(registry.queries).hasSize(1);
    }

    @Test
    void what_others_may_change_is_read_anew_after_a_while_however_often_it_is_seen() {
        registry.put(device("d").seen(clock.instant(), "192.0.2.7:1"));
        await(directory.find(byId("d")));
        clock.advance(CacheAge.SHARED.minusMillis(1));
        directory.seen(new Presence(id("d"), clock.instant(), "192.0.2.7:1", true));
        assertThat(directory.ifPresent(byId("d"))).isNotNull();
        clock.advance(Duration.ofMillis(1));

        assertThat(directory.ifPresent(byId("d"))).isNull();
        await(directory.find(byId("d")));
        assertThat(registry.queries).hasSize(2);
    }

    @Test
    void an_unknown_device_is_found_once_it_is_registered() {
        assertThat(await(directory.find(byId("d")))).isEmpty();
        registry.put(device("d"));
        assertThat(await(directory.find(byId("d")))).isPresent();
    }

    @Test
    void lookups_that_arrive_during_a_query_share_the_next_one() {
        registry.close();
        CompletableFuture<?> first = directory.find(byId("first"));
        registry.awaitQuery();
        List<CompletableFuture<Optional<DeviceSnapshot>>> storm = new ArrayList<>();
        for (int i = 0; i < 1_200; i++) {
            registry.put(device("d" + i));
            storm.add(directory.find(i % 2 == 0 ? byId("d" + i) : new ByAlias("alias_d" + i)));
            storm.add(directory.find(byId("d" + i)));
        }
        assertThat(directory.waiting()).isEqualTo(2_400);
        registry.open();

        await(first);
        assertThat(storm).allSatisfy(lookup -> assertThat(await(lookup)).isPresent());
        assertThat(registry.queries).hasSize(1 + 5).allMatch(size -> size <= 500);
    }

    @Test
    void what_was_read_before_a_change_is_not_kept_after_it() {
        registry.put(device("d"));
        registry.close();
        CompletableFuture<Optional<DeviceSnapshot>> racing = directory.find(byId("d"));
        registry.awaitQuery();

        registry.put(device("d").withEnabled(false));
        directory.forget(id("d"));
        registry.open();

        assertThat(await(racing).orElseThrow().device().enabled()).isTrue();
        assertThat(await(directory.find(byId("d"))).orElseThrow().device().enabled())
                .isFalse();
    }

    @Test
    void what_was_read_before_a_change_of_its_product_is_not_kept_after_it() {
        registry.put(device("d"));
        registry.close();
        CompletableFuture<?> racing = directory.find(byId("d"));
        registry.awaitQuery();
        directory.forgetProduct("pk");
        registry.open();
        await(racing);

        assertThat(directory.ifPresent(byId("d"))).isNull();
    }

    @Test
    void forgetting_a_device_forgets_its_alias() {
        registry.put(device("d"));
        await(directory.find(new ByAlias("alias_d")));
        int before = directory.changes();

        registry.remove("d");
        directory.forget(id("d"));

        assertThat(directory.changes()).isGreaterThan(before);
        assertThat(directory.ifPresent(new ByAlias("alias_d"))).isNull();
        assertThat(await(directory.find(new ByAlias("alias_d")))).isEmpty();
    }

    @Test
    void an_alias_that_moved_to_another_device_leads_there() {
        registry.put(device("d", "shared", "s"));
        await(directory.find(new ByAlias("shared")));

        registry.remove("d");
        registry.put(device("e", "shared", "s"));
        registry.put(device("d", "other", "s"));
        directory.forget(id("d"));
        await(directory.find(byId("d")));

        assertThat(await(directory.find(new ByAlias("shared"))).orElseThrow().id())
                .isEqualTo(id("e"));
    }

    @Test
    void forgetting_a_product_forgets_its_devices_only() {
        registry.put(device("d"));
        await(directory.find(byId("d")));

        directory.forgetProduct("other");
        assertThat(directory.ifPresent(byId("d"))).isNotNull();

        directory.forgetProduct("pk");
        assertThat(directory.ifPresent(byId("d"))).isNull();
    }

    @Test
    void keeping_a_session_changes_the_snapshot_and_nothing_else() {
        registry.put(device("d"));
        await(directory.find(byId("d")));
        int before = directory.changes();

        directory.sessionKept(id("d"), true);

        assertThat(directory.ifPresent(byId("d"))).returns(true, DeviceSnapshot::keepsSession);
        assertThat(directory.changes()).isEqualTo(before);
    }

    @Test
    void a_failing_store_fails_the_lookups_and_later_ones_succeed() {
        registry.failure = new ProblemException(Problem.STORAGE_UNAVAILABLE, "away");
        assertRefused(Problem.STORAGE_UNAVAILABLE, () -> await(directory.find(byId("d"))));

        registry.failure = null;
        assertThat(await(directory.find(byId("d")))).isEmpty();
    }

    @Test
    void refuses_lookups_when_too_many_wait() {
        registry.close();
        CompletableFuture<?> busy = directory.find(byId("busy"));
        registry.awaitQuery();
        List<CompletableFuture<?>> lookups = new ArrayList<>();
        for (int i = 0; i < 20_001; i++) {
            lookups.add(directory.find(byId("d" + i)));
        }

        assertRefused(Problem.OVERLOADED, () -> await(lookups.getLast()));
        registry.open();
        await(busy);
        await(lookups.getFirst());
    }

    @Test
    void keeps_no_more_devices_than_it_may() {
        for (int i = 0; i < 3_000; i++) {
            registry.put(device("d" + i));
            await(directory.find(byId("d" + i)));
        }
        Awaitility.await().until(() -> directory.size() <= 1_000);
    }

    private static DeviceRef byId(String name) {
        return new ById(id(name));
    }

    /// A registry whose door can be closed: a query reads first and then waits at the door with what it read.
    private static final class Registry implements CachedDeviceDirectory.SnapshotQuery {
        private final Map<DeviceId, Device> devices = new ConcurrentHashMap<>();
        private final List<Integer> queries = Collections.synchronizedList(new ArrayList<>());
        private volatile CountDownLatch door = new CountDownLatch(0);
        private volatile CountDownLatch reached = new CountDownLatch(1);
        private volatile @Nullable RuntimeException failure;

        @Override
        public List<DeviceSnapshot> find(Set<DeviceId> ids, Set<String> aliases) {
            RuntimeException broken = failure;
            if (broken != null) {
                throw broken;
            }
            queries.add(ids.size() + aliases.size());
            List<DeviceSnapshot> found = devices.values().stream()
                    .filter(device -> ids.contains(device.id()) || aliases.contains(device.alias()))
                    .map(device -> new DeviceSnapshot(device, product("pk"), false))
                    .toList();
            reached.countDown();
            Samples.await(door);
            return found;
        }

        void put(Device device) {
            devices.put(device.id(), device);
        }

        void remove(String name) {
            devices.remove(id(name));
        }

        void close() {
            reached = new CountDownLatch(1);
            door = new CountDownLatch(1);
        }

        void open() {
            door.countDown();
        }

        void awaitQuery() {
            Samples.await(reached);
        }
    }
}
