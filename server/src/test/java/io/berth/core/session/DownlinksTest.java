package io.berth.core.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.core.Payload;
import io.berth.core.Problem;
import io.berth.core.device.DeviceId;
import io.berth.core.message.Delivery;
import io.berth.core.message.DeliveryState;
import io.berth.core.message.Downlink;
import io.berth.core.message.Events;
import io.berth.core.message.Qos;
import io.berth.testing.FakeLog;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DownlinksTest {
    private static final DeviceId DEVICE = new DeviceId("a1pk", "dev1");

    private final NoSessionStore store = new NoSessionStore();
    private final Sessions sessions =
            new Sessions(new Events(FakeLog.holding(), InstantSource.fixed(Instant.EPOCH)), _ -> {});
    private final Downlinks downlinks = new Downlinks(sessions, store);
    private final List<Object> outcome = new ArrayList<>();

    @Test
    void goes_over_the_live_session() {
        RecordingLink link = attach(DEVICE);

        send(Qos.AT_LEAST_ONCE);

        assertThat(link.sent).hasSize(1);
        assertThat(outcome).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"NO_SESSION,DEVICE_OFFLINE", "NOT_SUBSCRIBED,NOT_SUBSCRIBED", "FULL,LIMIT_REACHED"})
    void says_why_an_absent_device_will_not_get_it(SessionStore.Kept kept, Problem problem) {
        store.kept = kept;

        send(Qos.AT_LEAST_ONCE);

        assertThat(outcome).containsExactly(problem);
    }

    @Test
    void is_queued_only_once_the_store_has_it() {
        store.kept = SessionStore.Kept.KEPT;

        send(Qos.AT_LEAST_ONCE);

        assertThat(outcome).containsExactly(DeliveryState.QUEUED);
    }

    @Test
    void tells_a_device_that_came_back_while_the_message_was_stored() {
        RecordingLink link = new RecordingLink();
        store.kept = SessionStore.Kept.KEPT;
        store.meanwhile = () -> attach(DEVICE, link);

        send(Qos.AT_LEAST_ONCE);

        assertThat(link.nudges).isOne();
    }

    @Test
    void is_never_kept_at_qos_0() {
        store.kept = SessionStore.Kept.KEPT;

        send(Qos.AT_MOST_ONCE);

        assertThat(outcome).containsExactly(Problem.DEVICE_OFFLINE);
    }

    @Test
    void a_store_that_fails_is_a_failure() {
        store.broken = true;

        send(Qos.AT_LEAST_ONCE);

        assertThat(outcome).containsExactly(Problem.STORAGE_UNAVAILABLE);
    }

    @Test
    void a_broadcast_is_offered_to_every_device_of_the_product_only() {
        RecordingLink mine = attach(DEVICE);
        RecordingLink other = attach(new DeviceId("other", "dev1"));

        int offered = downlinks.broadcast("a1pk", new Downlink.Broadcast("all", Payload.of("x")));

        assertThat(offered).isEqualTo(1);
        assertThat(mine.sent).hasSize(1);
        assertThat(other.sent).isEmpty();
    }

    @Test
    void a_broadcast_goes_once_to_the_devices_behind_one_gateway() {
        DeviceId gateway = new DeviceId("g", "gw1");
        RecordingLink first = new RecordingLink();
        RecordingLink second = new RecordingLink();
        sessions.attach(new Session(new DeviceId("a1pk", "c1"), "test", "127.0.0.1:1", Instant.EPOCH, first, gateway));
        sessions.attach(new Session(new DeviceId("a1pk", "c2"), "test", "127.0.0.1:1", Instant.EPOCH, second, gateway));
        RecordingLink own = attach(DEVICE);

        int offered = downlinks.broadcast("a1pk", new Downlink.Broadcast("all", Payload.of("x")));

        assertThat(offered).isEqualTo(3);
        assertThat(first.sent.size() + second.sent.size()).isEqualTo(1);
        assertThat(own.sent).hasSize(1);
    }

    private RecordingLink attach(DeviceId device) {
        RecordingLink link = new RecordingLink();
        attach(device, link);
        return link;
    }

    private void attach(DeviceId device, RecordingLink link) {
        sessions.attach(new Session(device, "test", "127.0.0.1:1", Instant.EPOCH, link));
    }

    private void send(Qos qos) {
        downlinks.send(DEVICE, new Downlink.Message("t", qos, Payload.of("x")), new Delivery() {
            @Override
            public void reached(DeliveryState state) {
                outcome.add(state);
            }

            @Override
            public void failed(Problem problem, String detail) {
                outcome.add(problem);
            }
        });
    }
}
