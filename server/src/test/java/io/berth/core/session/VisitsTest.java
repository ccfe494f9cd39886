package io.berth.core.session;

import static io.berth.testing.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.berth.core.Payload;
import io.berth.core.Problem;
import io.berth.core.device.DeviceId;
import io.berth.core.message.AwaitedDelivery;
import io.berth.core.message.Downlink;
import io.berth.core.message.Events;
import io.berth.core.message.Qos;
import io.berth.testing.FakeLog;
import io.berth.testing.TestClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class VisitsTest {
    private static final DeviceId DEVICE = new DeviceId("a1pk", "dev1");
    private static final String ADDRESS = "192.0.2.7:1";

    private final TestClock clock = new TestClock();
    private final FakeLog log = FakeLog.holding();
    private final Sessions sessions = new Sessions(new Events(log, clock), _ -> {});
    private final Visits visits =
            new Visits(sessions, new Visits.Limits(Duration.ofMinutes(10), 2), Traffic.UNCOUNTED, clock);

    @Test
    void a_device_is_online_from_its_first_report_until_ten_minutes_after_its_last_and_each_is_told_once() {
        hear();
        pass(Duration.ofMinutes(9));
        hear();
        pass(Duration.ofMinutes(9));
        assertThat(sessions.isOnline(DEVICE)).isTrue();
        assertThat(log.says()).containsExactly("online connected");

        pass(Duration.ofMinutes(1));
        pass(Duration.ofMinutes(1));

        assertThat(sessions.isOnline(DEVICE)).isFalse();
        assertThat(visits.count()).isZero();
        assertThat(log.says()).containsExactly("online connected", "offline silent");
    }

    @Test
    void it_was_last_heard_when_it_last_reported() {
        Session session = hear();
        pass(Duration.ofMinutes(5));
        hear();
        pass(Duration.ofMinutes(3));

        assertThat(sessions.find(DEVICE)).isSameAs(session);
        assertThat(session.lastHeard()).isEqualTo(TestClock.START.plus(Duration.ofMinutes(5)));
    }

    @Test
    void it_is_online_and_cannot_be_told_anything() {
        hear();
        AwaitedDelivery delivery = new AwaitedDelivery();

        new Downlinks(sessions, new NoSessionStore())
                .send(DEVICE, new Downlink.Message("/t", Qos.AT_MOST_ONCE, Payload.EMPTY), delivery);

        assertThat(sessions.isOnline(DEVICE)).isTrue();
        assertThat(sessions.isAttached(DEVICE)).isFalse();
        assertThat(sessions.ofProduct("a1pk")).isEmpty();
        assertRefused(Problem.DEVICE_OFFLINE, () -> delivery.await(Duration.ZERO));
    }

    @Test
    void a_connection_takes_the_visit_over_and_the_device_stays_online() {
        hear();
        Session connected = connected(new RecordingLink());

        sessions.attach(connected);
        pass(Duration.ofMinutes(11));

        assertThat(sessions.find(DEVICE)).isSameAs(connected);
        assertThat(visits.count()).isZero();
        assertThat(log.says()).containsExactly("online connected");
    }

    @Test
    void a_report_beside_a_connection_leaves_the_connection_alone() {
        RecordingLink link = new RecordingLink();
        Session connected = connected(link);
        sessions.attach(connected);

        Session heard = hear();
        pass(Duration.ofMinutes(11));

        assertThat(heard.dialect()).isEqualTo("aliyun");
        assertThat(link.closed).isEmpty();
        assertThat(sessions.find(DEVICE)).isSameAs(connected);
        assertThat(log.says()).containsExactly("online connected");
    }

    @Test
    void the_first_report_after_a_connection_brings_the_device_online_again() {
        Session connected = connected(new RecordingLink());
        sessions.attach(connected);
        hear();
        sessions.detach(connected, CloseCause.CONNECTION_LOST);

        hear();

        assertThat(log.says()).containsExactly("online connected", "offline connection-lost", "online connected");
    }

    @Test
    void a_visit_that_is_closed_ends_at_once_and_with_its_cause() {
        Session session = hear();

        session.link().close(CloseCause.DEVICE_DISABLED);
        session.link().close(CloseCause.DEVICE_DISABLED);

        assertThat(sessions.isOnline(DEVICE)).isFalse();
        assertThat(log.says()).containsExactly("online connected", "offline device-disabled");
    }

    @Test
    void a_stopping_node_says_of_all_that_they_are_gone() {
        hear();

        visits.endAll();

        assertThat(log.says()).containsExactly("online connected", "offline node-stopping");
    }

    @Test
    void beyond_the_bound_devices_are_heard_and_not_online() {
        hear();
        visits.heard(new DeviceId("a1pk", "dev2"), "aliyun", ADDRESS);

        DeviceId third = new DeviceId("a1pk", "dev3");
        Session session = visits.heard(third, "aliyun", ADDRESS);

        assertThat(session.device()).isEqualTo(third);
        assertThat(sessions.isOnline(third)).isFalse();
        assertThat(visits.count()).isEqualTo(2);
    }

    @Test
    void whatever_happens_at_once_the_last_word_is_true() throws InterruptedException {
        for (int round = 0; round < 300; round++) {
            log.events.clear();
            Session visit = hear();
            Session connected = connected(new RecordingLink());
            Thread connecting = Thread.ofPlatform().start(() -> sessions.attach(connected));
            Thread closing = Thread.ofPlatform().start(() -> visit.link().close(CloseCause.DEVICE_RESET));
            hear();
            connecting.join();
            closing.join();
            sessions.detach(connected, CloseCause.DISCONNECTED);
            visits.endAll();

            assertThat(sessions.isOnline(DEVICE)).isFalse();
            assertThat(log.says()).hasSizeGreaterThanOrEqualTo(2);
            for (int i = 0; i < log.says().size(); i++) {
                assertThat(log.says().get(i)).startsWith(i % 2 == 0 ? "online" : "offline");
            }
        }
    }

    private Session hear() {
        return visits.heard(DEVICE, "aliyun", ADDRESS);
    }

    private void pass(Duration time) {
        clock.advance(time);
        visits.endOverdue();
    }

    private static Session connected(Link link) {
        return new Session(DEVICE, "mqtt", "127.0.0.1:1", TestClock.START, link);
    }
}
