package io.berth.core.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.berth.core.Completion;
import io.berth.core.Page;
import io.berth.core.ProblemException;
import io.berth.core.Value;
import io.berth.core.device.DeviceId;
import io.berth.core.device.DeviceSnapshot;
import io.berth.core.device.Devices;
import io.berth.core.device.FormerDevices;
import io.berth.core.message.Downlink;
import io.berth.core.message.Downlink.TopologyChanged;
import io.berth.core.message.Events;
import io.berth.core.product.Product.AuthKind;
import io.berth.core.product.Product.DataFormat;
import io.berth.core.product.Product.NodeType;
import io.berth.core.product.Products;
import io.berth.core.state.Facts;
import io.berth.core.state.ThingState;
import io.berth.core.state.Things;
import io.berth.core.thing.Sample;
import io.berth.testing.FakeLog;
import io.berth.testing.MemoryBelongings;
import io.berth.testing.MemoryRegistry;
import io.berth.testing.MemoryThings;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class DeviceDeletionTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.EPOCH);
    private static final DeviceId GATEWAY = new DeviceId("a1pk", "gateway");
    private static final DeviceId CHILD = new DeviceId("a1pk", "child");
    private static final DeviceId OTHER = new DeviceId("a1pk", "other");

    private final FakeLog log = FakeLog.holding();
    private final RecordingLink link = new RecordingLink();
    private final RecordingLink childLink = new RecordingLink();
    private final MemoryRegistry registry = new MemoryRegistry();
    private final MemoryBelongings belongings = new MemoryBelongings();
    private final MemoryThings memory = new MemoryThings();
    private final Things things = new Things(memory, CLOCK);
    private final Sessions sessions = new Sessions(new Events(log, CLOCK), _ -> {});
    private final Downlinks downlinks = new Downlinks(sessions, new NoSessionStore());
    private final Requests requests = new Requests(downlinks, sessions, 10, 0);
    private final Topology topology = new Topology(
            belongings.topology, registry.directory(), sessions, requests, downlinks, new Events(log, CLOCK), 10);
    private final Products products = new Products(registry.products(), CLOCK, _ -> {});
    private final Devices devices = new Devices(
            registry.devices(),
            products,
            CLOCK,
            new DeviceChanges(
                    new FormerDevices(registry.directory()),
                    sessions,
                    new Notices(sessions, requests, topology, Duration.ofMinutes(5)),
                    things,
                    new Events(log, CLOCK)));

    @BeforeEach
    void two_devices_behind_a_gateway() {
        products.create(
                new Products.Draft("p", "a1pk", null, null, AuthKind.SECRET, NodeType.GATEWAY, DataFormat.JSON, false));
        List.of(GATEWAY, CHILD, OTHER).forEach(id -> devices.create(new Devices.Draft(id, null, null, null)));
        topology.link(GATEWAY, List.of(CHILD, OTHER), Topology.By.GATEWAY);
        log.events.clear();
    }

    @Test
    void a_deleted_child_leaves_its_gateway_which_is_told() {
        sessions.attach(new Session(GATEWAY, "test", "127.0.0.1:1", Instant.EPOCH, link));

        devices.delete(CHILD);

        assertThat(topology.children(GATEWAY, new Page.Request(null, 10)).items())
                .containsExactly(OTHER);
        assertThat(link.sent).singleElement().isInstanceOfSatisfying(TopologyChanged.class, told -> {
            assertThat(told.change()).isEqualTo(TopologyChanged.Change.REMOVED);
            assertThat(told.children()).extracting(DeviceSnapshot::id).containsExactly(CHILD);
            assertThat(told.version()).isEqualTo(3);
        });
        assertThat(log.says()).contains("removed gateway");
    }

    @Test
    void devices_behind_a_deleted_gateway_stand_alone_and_their_sessions_end() {
        sessions.attach(new Session(GATEWAY, "test", "127.0.0.1:1", Instant.EPOCH, link));
        sessions.attach(new Session(CHILD, "test", "127.0.0.1:1", Instant.EPOCH, childLink, GATEWAY));

        devices.delete(GATEWAY);

        assertThat(topology.gatewaysOf(List.of(CHILD, OTHER))).isEmpty();
        assertThat(childLink.closed).containsExactly(CloseCause.UNLINKED);
        assertThat(link.sent)
                .as("who goes needs not be told of its children")
                .singleElement()
                .isInstanceOf(Downlink.Notice.class);
        link.deliveries.getFirst().sentUnconfirmed();
        assertThat(link.closed).containsExactly(CloseCause.DEVICE_DELETED);
        assertThat(log.says()).filteredOn(said -> said.startsWith("removed")).hasSize(3);
    }

    @Test
    void nothing_that_was_reported_is_left() {
        Sample sample = new Sample("Temp", new Value.Whole(21), Instant.EPOCH);
        things.report(List.of(Facts.ofSamples(CHILD, List.of(sample))), Completion.IGNORED);

        devices.delete(CHILD);

        assertThat(things.state(CHILD)).isEqualTo(ThingState.EMPTY);
    }

    @Test
    void a_device_that_is_not_there_changes_nothing() {
        DeviceId nobody = new DeviceId("a1pk", "nobody");

        assertThatThrownBy(() -> devices.delete(nobody)).isInstanceOf(ProblemException.class);
        assertThat(log.events).isEmpty();
    }
}
