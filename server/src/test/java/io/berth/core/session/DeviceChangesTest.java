package io.berth.core.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.berth.core.Problem;
import io.berth.core.credential.Secret;
import io.berth.core.device.Device;
import io.berth.core.device.DeviceDirectory;
import io.berth.core.device.DeviceId;
import io.berth.core.device.DeviceRef;
import io.berth.core.device.DeviceSnapshot;
import io.berth.core.device.Devices.Change;
import io.berth.core.device.FormerDevices;
import io.berth.core.message.DeliveryState;
import io.berth.core.message.Downlink;
import io.berth.core.message.Downlink.Notice.Fate;
import io.berth.core.message.Event;
import io.berth.core.message.Events;
import io.berth.core.state.Things;
import io.berth.testing.FakeLog;
import io.berth.testing.MemoryBelongings;
import io.berth.testing.MemoryThings;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DeviceChangesTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.EPOCH);
    private static final DeviceId DEVICE = new DeviceId("a1pk", "dev1");
    private static final DeviceId GATEWAY = new DeviceId("a1pk", "gw1");

    private final FakeLog log = FakeLog.holding();
    private final RecordingLink link = new RecordingLink();
    private final Sessions sessions = new Sessions(new Events(log, CLOCK), _ -> {});
    private final ForgetfulDirectory directory = new ForgetfulDirectory();
    private final MemoryBelongings.Topology stored = new MemoryBelongings().topology;
    private final Downlinks downlinks = new Downlinks(sessions, new NoSessionStore());
    private final Requests requests = new Requests(downlinks, sessions, 10, 41);
    private final Topology topology =
            new Topology(stored, directory, sessions, requests, downlinks, new Events(log, CLOCK), 10);
    private final DeviceChanges changes = changes(Duration.ofMinutes(5));

    /// @param patience with a device that has something to confirm
    private DeviceChanges changes(Duration patience) {
        return new DeviceChanges(
                new FormerDevices(directory),
                sessions,
                new Notices(sessions, requests, topology, patience),
                new Things(new MemoryThings(), CLOCK),
                new Events(log, CLOCK));
    }

    @Test
    void a_reset_device_loses_its_session_at_once() {
        attach(DEVICE, null);

        changes.deviceChanged(device(), Change.RESET);

        assertThat(link.closed).containsExactly(CloseCause.DEVICE_RESET);
        assertThat(link.sent).isEmpty();
        assertThat(directory.forgotten).containsExactly(DEVICE);
    }

    @ParameterizedTest
    @CsvSource({"DISABLED,DEVICE_DISABLED", "DELETED,DEVICE_DELETED"})
    void a_device_that_lost_its_right_confirms_that_it_heard_so_and_loses_its_session(Change change, CloseCause cause) {
        attach(DEVICE, null);

        changes.deviceChanged(device(), change);

        assertThat(link.sent).containsExactly(new Downlink.Notice("42", Fate.valueOf(change.name())));
        assertThat(directory.forgotten).containsExactly(DEVICE);
        link.deliveries.getFirst().reached(DeliveryState.SENT);
        assertThat(link.closed).isEmpty();
        link.deliveries.getFirst().reached(DeliveryState.ACKNOWLEDGED);
        assertThat(link.closed).containsExactly(cause);
    }

    @Test
    void whoever_keeps_something_of_a_device_hears_that_it_was_deleted() {
        List<DeviceId> gone = new ArrayList<>();
        changes.follow(gone::add);

        changes.deviceChanged(device(), Change.DISABLED);
        assertThat(gone).isEmpty();
        changes.deviceChanged(device(), Change.DELETED);
        assertThat(gone).containsExactly(DEVICE);
    }

    @Test
    void a_device_that_confirms_nothing_loses_its_session_a_moment_later() {
        attach(DEVICE, null);

        changes(Duration.ofMillis(20)).deviceChanged(device(), Change.DISABLED);

        await().until(() -> !link.closed.isEmpty());
        assertThat(link.closed).containsExactly(CloseCause.DEVICE_DISABLED);
    }

    @Test
    void a_device_that_cannot_confirm_loses_its_session_when_it_was_told() {
        attach(DEVICE, null);

        changes.deviceChanged(device(), Change.DISABLED);
        link.deliveries.getFirst().sentUnconfirmed();

        assertThat(link.closed).containsExactly(CloseCause.DEVICE_DISABLED);
    }

    @Test
    void a_device_whose_wire_has_no_notices_loses_its_session_at_once() {
        attach(DEVICE, null);

        changes.deviceChanged(device(), Change.DELETED);
        link.deliveries.getFirst().failed(Problem.UNSUPPORTED, "no such notice");

        assertThat(link.closed).containsExactly(CloseCause.DEVICE_DELETED);
    }

    @Test
    void a_gateway_hears_of_the_device_behind_it_whether_that_is_there_or_not() {
        RecordingLink gateway = new RecordingLink();
        sessions.attach(new Session(GATEWAY, "test", "127.0.0.1:1", Instant.EPOCH, gateway));
        stored.link(GATEWAY, List.of(DEVICE), 10);
        attach(DEVICE, GATEWAY);

        changes.deviceChanged(device(), Change.DISABLED);
        assertThat(link.sent).first().isInstanceOf(Downlink.Notice.class);
        assertThat(changesTold(gateway, 1)).containsExactly(Downlink.TopologyChanged.Change.DISABLED);

        sessions.detach(Objects.requireNonNull(sessions.find(DEVICE)), CloseCause.DEVICE_DISABLED);
        changes.deviceChanged(device(), Change.ENABLED);
        assertThat(changesTold(gateway, 2)).last().isEqualTo(Downlink.TopologyChanged.Change.ENABLED);
    }

    /// Spec aliyun-openapi 4.3: whoever follows the gateway's topology hears of it, the gateway online or not.
    @Test
    void a_device_that_is_disabled_or_enabled_behind_a_gateway_is_news_of_the_gateway() {
        stored.link(GATEWAY, List.of(DEVICE), 10);

        changes.deviceChanged(device(), Change.DISABLED);
        await().untilAsserted(() -> assertThat(log.says()).contains("disabled child dev1"));
        changes.deviceChanged(device(), Change.ENABLED);
        await().untilAsserted(() -> assertThat(log.says()).contains("enabled child dev1"));

        assertThat(log.events)
                .filteredOn(event -> event.kind() == Event.Kind.TOPOLOGY)
                .extracting(Event::device)
                .containsOnly(GATEWAY);
    }

    @Test
    void a_device_that_is_away_hears_nothing() {
        changes.deviceChanged(device(), Change.DISABLED);
        changes.deviceChanged(device(), Change.DELETED);

        assertThat(log.says()).containsExactly("disabled", "deleted");
    }

    @Test
    void a_new_or_enabled_device_is_only_announced() {
        attach(DEVICE, null);
        log.events.clear();

        changes.deviceChanged(device(), Change.CREATED);
        changes.deviceChanged(device(), Change.ENABLED);

        assertThat(link.closed).isEmpty();
        assertThat(log.says()).containsExactly("created", "enabled");
    }

    @Test
    void imported_devices_are_told_at_the_pace_of_whoever_follows() throws InterruptedException {
        List<Device> imported = IntStream.range(0, 700)
                .mapToObj(i -> new Device(
                        new DeviceId("a1pk", "i" + i),
                        "alias" + i,
                        "node",
                        new Secret("s"),
                        true,
                        Instant.EPOCH,
                        null,
                        null,
                        null))
                .toList();
        Thread importing = Thread.ofVirtual().start(() -> changes.devicesImported(imported));

        await().until(() -> log.completions.size() == 500);
        assertThat(importing.isAlive()).isTrue();
        List.copyOf(log.completions).forEach(kept -> kept.done(null));
        await().until(() -> log.completions.size() == 700);
        log.completions.subList(500, 700).forEach(kept -> kept.done(null));
        importing.join();

        assertThat(log.events)
                .extracting(event -> event.deviceName())
                .startsWith("i0", "i1")
                .hasSize(700);
        assertThat(log.says()).containsOnly("created");
    }

    private static Device device() {
        return new Device(DEVICE, "alias", "node", new Secret("s"), true, Instant.EPOCH, null, null, null);
    }

    private void attach(DeviceId device, @Nullable DeviceId gateway) {
        sessions.attach(new Session(device, "test", "127.0.0.1:1", Instant.EPOCH, link, gateway));
    }

    private static List<Downlink.TopologyChanged.Change> changesTold(RecordingLink gateway, int count) {
        await().until(() -> gateway.sent.size() == count);
        return gateway.sent.stream()
                .map(sent -> ((Downlink.TopologyChanged) sent).change())
                .toList();
    }

    private static final class ForgetfulDirectory implements DeviceDirectory {
        final List<DeviceId> forgotten = new ArrayList<>();

        @Override
        public @Nullable DeviceSnapshot ifPresent(DeviceRef ref) {
            return null;
        }

        @Override
        public CompletionStage<Optional<DeviceSnapshot>> find(DeviceRef ref) {
            return CompletableFuture.completedFuture(Optional.empty());
        }

        @Override
        public int changes() {
            return forgotten.size();
        }

        @Override
        public void forget(DeviceId id) {
            forgotten.add(id);
        }

        @Override
        public void forgetProduct(String key) {}
    }
}
