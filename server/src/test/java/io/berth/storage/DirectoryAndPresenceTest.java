package io.berth.storage;

import static io.berth.storage.Samples.NOW;
import static io.berth.storage.Samples.await;
import static io.berth.storage.Samples.device;
import static io.berth.storage.Samples.id;
import static io.berth.storage.Samples.product;
import static org.assertj.core.api.Assertions.assertThat;

import io.berth.core.credential.Pins;
import io.berth.core.credential.Secret;
import io.berth.core.device.DeviceRef.ByAlias;
import io.berth.core.device.DeviceRef.ById;
import io.berth.core.device.DeviceSnapshot;
import io.berth.core.device.DeviceStore.Presence;
import io.berth.core.device.Unit;
import io.berth.core.message.Delivery;
import io.berth.core.message.Downlink;
import io.berth.core.session.CloseCause;
import io.berth.core.session.Link;
import io.berth.core.session.Session;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource
final class DirectoryAndPresenceTest {
    private final TestEngine engine;

    @TempDir
    Path directory;

    private Storage storage;

    DirectoryAndPresenceTest(TestEngine engine) {
        this.engine = engine;
    }

    @BeforeEach
    void open() {
        storage = engine.open(directory, () -> NOW);
        storage.products().insert(product("pk"));
        storage.products().insert(product("pk2"));
    }

    @AfterEach
    void close() {
        storage.close();
    }

    @Test
    void finds_a_storm_of_devices_with_their_products() {
        storage.devices()
                .insertAll(
                        IntStream.range(0, 700).mapToObj(i -> device("d" + i)).toList(), false);

        List<CompletionStage<Optional<DeviceSnapshot>>> lookups = IntStream.range(0, 700)
                .mapToObj(
                        i -> storage.directory().find(i % 2 == 0 ? new ById(id("d" + i)) : new ByAlias("alias_d" + i)))
                .toList();

        for (int i = 0; i < 700; i++) {
            assertThat(await(lookups.get(i))).contains(new DeviceSnapshot(device("d" + i), product("pk"), false));
        }
        assertThat(await(storage.directory().find(new ById(id("none"))))).isEmpty();
    }

    @Test
    void presence_is_written_in_the_background() {
        storage.devices().insert(device("d"));

        storage.presence().seen(session("d", "10.0.0.1:77"));

        Awaitility.await()
                .untilAsserted(() -> assertThat(
                                storage.devices().find(id("d")).orElseThrow().address())
                        .isEqualTo("10.0.0.1:77"));
    }

    @Test
    void the_newest_presence_of_a_device_wins_and_the_bound_holds() {
        storage.devices().insert(device("d"));
        PresenceWriter presence = new PresenceWriter(storage.devices(), 1);

        presence.seen(session("d", "1:1"));
        presence.seen(session("e", "3:3"));
        presence.seen(session("d", "2:2"));
        await(presence.flush());

        assertThat(presence.dropped()).isOne();
        assertThat(presence.pending()).isZero();
        assertThat(storage.devices().find(id("d")).orElseThrow().address()).isEqualTo("2:2");
    }

    @Test
    void what_a_device_logs_in_by_is_known_after_it_was_seen_twice() {
        storage.devices().insert(device("d"));
        storage.devices().updatePins(id("d"), new Pins(null, null));
        storage.units().add(id("d"), Unit.of("board", new Secret("token"), NOW), 5);
        DeviceSnapshot before =
                await(storage.directory().find(new ById(id("d")))).orElseThrow();

        for (int i = 0; i < 2; i++) {
            await(storage.devices().recordPresence(List.of(new Presence(id("d"), NOW.plusSeconds(i), "1:1", true))));
            DeviceSnapshot seen =
                    await(storage.directory().find(new ById(id("d")))).orElseThrow();

            assertThat(seen.device().activated()).isEqualTo(NOW);
            assertThat(seen.device().pins()).isEqualTo(before.device().pins()).isNotNull();
            assertThat(seen.units()).isEqualTo(before.units()).hasSize(1);
        }
    }

    @Test
    void a_session_that_ended_just_before_a_reset_leaves_the_device_as_never_seen() {
        storage.devices().insert(device("d"));
        PresenceWriter presence = new PresenceWriter(storage.devices(), 10);

        presence.ended(session("d", "1:1"), CloseCause.CONNECTION_LOST);
        presence.reset(id("d"));
        await(presence.flush());

        assertThat(storage.devices().find(id("d")).orElseThrow().activated()).isNull();
    }

    @Test
    void a_session_that_a_reset_ended_leaves_the_device_as_never_seen() {
        storage.devices().insert(device("d"));
        storage.devices().insert(device("e"));
        PresenceWriter presence = new PresenceWriter(storage.devices(), 10);

        presence.seen(session("d", "1:1"));
        presence.ended(session("d", "1:1"), CloseCause.DEVICE_RESET);
        presence.ended(session("e", "2:2"), CloseCause.CONNECTION_LOST);
        await(presence.flush());

        assertThat(storage.devices().find(id("d")).orElseThrow().activated()).isNull();
        assertThat(storage.devices().find(id("e")).orElseThrow().activated()).isEqualTo(NOW);
    }

    @Test
    void a_device_that_left_is_not_attached_any_more() {
        storage.devices().insert(device("d"));
        storage.devices().insert(device("e"));
        PresenceWriter presence = new PresenceWriter(storage.devices(), 10);

        presence.seen(session("d", "1:1"));
        presence.seen(session("e", "2:2"));
        presence.ended(session("e", "2:2"), CloseCause.NODE_STOPPING);
        await(presence.flush());

        assertThat(storage.devices().attached(10)).extracting(Presence::id).containsExactly(id("d"));
    }

    @Test
    void what_is_kept_is_when_a_device_was_last_heard_while_it_is_there_and_after_it_left() {
        storage.devices().insert(device("d"));
        PresenceWriter presence = new PresenceWriter(storage.devices(), 10);
        AtomicReference<Instant> heard = new AtomicReference<>(NOW);
        Session session = session("d", "1:1", heard::get);

        presence.seen(session);
        await(presence.flush());
        assertThat(lastSeen("d")).isEqualTo(NOW);

        heard.set(NOW.plusSeconds(300));
        presence.stillHere(session);
        await(presence.flush());
        assertThat(lastSeen("d")).isEqualTo(NOW.plusSeconds(300));
        assertThat(storage.devices().attached(10)).extracting(Presence::id).containsExactly(id("d"));

        heard.set(NOW.plusSeconds(600));
        presence.ended(session, CloseCause.SILENT);
        await(presence.flush());
        assertThat(lastSeen("d")).isEqualTo(NOW.plusSeconds(600));
        assertThat(storage.devices().attached(10)).isEmpty();
        assertThat(storage.devices().find(id("d")).orElseThrow().activated()).isEqualTo(NOW);
    }

    @Test
    void a_session_that_nobody_heard_again_ends_all_the_same() {
        storage.devices().insert(device("d"));
        PresenceWriter presence = new PresenceWriter(storage.devices(), 10);
        Session session = session("d", "1:1");

        presence.seen(session);
        await(presence.flush());
        presence.ended(session, CloseCause.CONNECTION_LOST);
        await(presence.flush());

        assertThat(lastSeen("d")).isEqualTo(NOW);
        assertThat(storage.devices().attached(10)).isEmpty();
    }

    private @Nullable Instant lastSeen(String name) {
        return storage.devices().find(id(name)).orElseThrow().lastSeen();
    }

    @Test
    void tags_are_remembered_and_change_at_once() {
        storage.devices().insert(device("d"));
        storage.tags().put(id("d"), new LinkedHashMap<>(Map.of("room", "B2")), 10);
        assertThat(storage.tags().recent(id("d"))).isEqualTo(Map.of("room", "B2"));

        storage.tags().put(id("d"), new LinkedHashMap<>(Map.of("room", "B3")), 10);
        assertThat(storage.tags().recent(id("d"))).isEqualTo(Map.of("room", "B3"));

        storage.tags().remove(id("d"), List.of("room"));
        assertThat(storage.tags().recent(id("d"))).isEmpty();
    }

    @Test
    void presence_the_store_does_not_take_stays_pending() {
        PresenceWriter presence = new PresenceWriter(storage.devices(), 10);
        presence.seen(session("d", "1:1"));
        storage.close();

        assertThat(presence.flush()).failsWithin(Duration.ofSeconds(30));
        assertThat(presence.pending()).isOne();
    }

    private static Session session(String name, String address) {
        return session(name, address, () -> null);
    }

    private static Session session(String name, String address, Supplier<@Nullable Instant> heard) {
        Link link = new Link() {
            @Override
            public void send(Downlink downlink, Delivery delivery) {}

            @Override
            public void close(CloseCause cause) {}

            @Override
            public @Nullable Instant lastHeard() {
                return heard.get();
            }
        };
        return new Session(id(name), "none", address, NOW, link);
    }
}
