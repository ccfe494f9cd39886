package io.berth.core.session;

import static io.berth.testing.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.berth.core.Page;
import io.berth.core.Problem;
import io.berth.core.device.DeviceId;
import io.berth.core.device.DeviceSnapshot;
import io.berth.core.message.Downlink.TopologyChanged;
import io.berth.core.message.Downlink.TopologyChanged.Change;
import io.berth.core.message.Events;
import io.berth.core.session.Topology.By;
import io.berth.dialect.KnownDevices;
import io.berth.testing.FakeLog;
import io.berth.testing.MemoryBelongings;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class TopologyTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.EPOCH);
    private static final DeviceId GATEWAY = new DeviceId("g", "gw1");
    private static final DeviceId OTHER = new DeviceId("g", "gw2");
    private static final DeviceId CHILD = new DeviceId("s", "c1");
    private static final DeviceId SECOND = new DeviceId("s", "c2");

    private final MemoryBelongings.Topology store = new MemoryBelongings.Topology();
    private final FakeLog log = FakeLog.holding();
    private final Sessions sessions = new Sessions(new Events(log, CLOCK), _ -> {});
    private final Downlinks downlinks = new Downlinks(sessions, new NoSessionStore());
    private final KnownDevices directory = new KnownDevices()
            .with("g", "gw1", "g_gw1", "secret")
            .with("g", "gw2", "g_gw2", "secret")
            .with("s", "c1", "s_c1", "secret")
            .with("s", "c2", "s_c2", "secret");
    private final Topology topology = new Topology(
            store, directory, sessions, new Requests(downlinks, sessions, 10, 0), downlinks, new Events(log, CLOCK), 2);

    @Test
    void a_device_stands_behind_the_gateway_that_linked_it() {
        topology.link(GATEWAY, List.of(CHILD), By.GATEWAY);

        assertThat(topology.isBehind(GATEWAY, CHILD)).isTrue();
        assertThat(topology.isBehind(OTHER, CHILD)).isFalse();
        assertThat(topology.gatewayOf(CHILD)).contains(GATEWAY);
        assertThat(topology.gatewaysOf(List.of(CHILD, SECOND))).containsOnlyKeys(CHILD);
        assertThat(topology.children(GATEWAY, new Page.Request(null, 10)).items())
                .containsExactly(CHILD);
        assertThat(log.says()).containsExactly(change("added", "gw1"), "added child c1");
    }

    @Test
    void a_gateway_that_did_it_itself_is_not_told_and_one_that_did_not_is() {
        RecordingLink gateway = attach(GATEWAY, null);
        topology.link(GATEWAY, List.of(CHILD), By.GATEWAY);
        assertThat(gateway.sent).isEmpty();

        topology.link(GATEWAY, List.of(SECOND), By.APPLICATION);
        topology.unlink(GATEWAY, List.of(CHILD), By.APPLICATION);

        assertThat(gateway.sent)
                .satisfiesExactly(
                        added -> assertThat(added).isInstanceOfSatisfying(TopologyChanged.class, told -> {
                            assertThat(told.change()).isEqualTo(Change.ADDED);
                            assertThat(told.children())
                                    .extracting(DeviceSnapshot::id)
                                    .containsExactly(SECOND);
                            assertThat(told.version()).isEqualTo(2);
                        }),
                        removed -> assertThat(removed).isInstanceOfSatisfying(TopologyChanged.class, told -> {
                            assertThat(told.change()).isEqualTo(Change.REMOVED);
                            assertThat(told.children())
                                    .extracting(DeviceSnapshot::id)
                                    .containsExactly(CHILD);
                            assertThat(told.version()).isEqualTo(3);
                        }));
    }

    @Test
    void linking_again_changes_nothing_and_tells_nobody() {
        topology.link(GATEWAY, List.of(CHILD), By.GATEWAY);
        RecordingLink gateway = attach(GATEWAY, null);
        log.events.clear();

        topology.link(GATEWAY, List.of(CHILD), By.APPLICATION);

        assertThat(log.events).isEmpty();
        assertThat(gateway.sent).isEmpty();
        assertThat(topology.version(GATEWAY)).isEqualTo(1);
    }

    @Test
    void a_device_that_moves_leaves_its_session_and_its_former_gateway_hears_of_it() {
        topology.link(OTHER, List.of(CHILD), By.GATEWAY);
        RecordingLink former = attach(OTHER, null);
        RecordingLink child = attach(CHILD, OTHER);
        log.events.clear();

        topology.link(GATEWAY, List.of(CHILD), By.GATEWAY);

        assertThat(child.closed).containsExactly(CloseCause.UNLINKED);
        assertThat(former.sent)
                .singleElement()
                .isInstanceOfSatisfying(
                        TopologyChanged.class, told -> assertThat(told.change()).isEqualTo(Change.REMOVED));
        assertThat(log.says())
                .containsExactly(
                        change("removed", "gw2"), "removed child c1", change("added", "gw1"), "added child c1");
    }

    @Test
    void a_session_through_the_new_gateway_or_of_its_own_stays() {
        RecordingLink through = attach(CHILD, GATEWAY);
        RecordingLink own = attach(SECOND, null);

        topology.link(GATEWAY, List.of(CHILD, SECOND), By.APPLICATION);

        assertThat(through.closed).isEmpty();
        assertThat(own.closed).isEmpty();
    }

    @Test
    void a_device_that_is_unlinked_leaves_its_session_unless_it_has_one_of_its_own() {
        topology.link(GATEWAY, List.of(CHILD, SECOND), By.GATEWAY);
        RecordingLink through = attach(CHILD, GATEWAY);
        RecordingLink own = attach(SECOND, null);
        log.events.clear();

        topology.unlink(GATEWAY, List.of(CHILD, SECOND), By.GATEWAY);

        assertThat(through.closed).containsExactly(CloseCause.UNLINKED);
        assertThat(own.closed).isEmpty();
        assertThat(log.says())
                .containsExactly(change("removed", "gw1"), change("removed", "gw1"), "removed child c1 c2");
    }

    @Test
    void only_what_stands_there_is_unlinked() {
        topology.link(OTHER, List.of(CHILD), By.GATEWAY);
        RecordingLink through = attach(CHILD, OTHER);

        assertThat(topology.unlink(GATEWAY, List.of(CHILD), By.GATEWAY).changed())
                .isEmpty();

        assertThat(through.closed).isEmpty();
        assertThat(topology.gatewayOf(CHILD)).contains(OTHER);
    }

    @Test
    void a_gateway_has_no_more_children_than_it_may() {
        topology.link(GATEWAY, List.of(CHILD, SECOND), By.GATEWAY);

        assertRefused(
                Problem.LIMIT_REACHED, () -> topology.link(GATEWAY, List.of(new DeviceId("s", "c3")), By.GATEWAY));
    }

    @Test
    void changes_are_told_since_a_version_the_newest_of_each_child() {
        topology.link(GATEWAY, List.of(CHILD, SECOND), By.GATEWAY);
        topology.unlink(GATEWAY, List.of(CHILD), By.GATEWAY);

        assertThat(topology.version(GATEWAY)).isEqualTo(3);
        assertThat(topology.changesSince(GATEWAY, 1))
                .extracting(changed -> changed.child().name() + (changed.added() ? " added" : " removed"))
                .containsExactly("c2 added", "c1 removed");
    }

    private RecordingLink attach(DeviceId device, @Nullable DeviceId gateway) {
        RecordingLink link = new RecordingLink();
        sessions.attach(new Session(device, "test", "127.0.0.1:1", Instant.EPOCH, link, gateway));
        log.events.clear();
        return link;
    }

    private static String change(String change, String gateway) {
        return change + " " + gateway;
    }
}
