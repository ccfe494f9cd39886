package io.berth.front.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.berth.core.Payload;
import io.berth.core.Problem;
import io.berth.core.device.DeviceId;
import io.berth.core.message.DeliveryState;
import io.berth.core.message.Downlink;
import io.berth.core.message.Event;
import io.berth.core.message.Qos;
import io.berth.core.session.CloseCause;
import io.berth.core.session.Session;
import io.berth.core.session.Sessions;
import io.berth.core.topic.TopicFilter;
import io.berth.testing.Patience;
import io.berth.testing.TestClock;
import io.berth.testing.TestEvents;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Devices behind a gateway over a real connection.
final class ChildrenTest {
    private static final DeviceId CHILD = new DeviceId("p", "c1");

    private final MqttBed bed = MqttBed.start();
    private final RawClient gateway = bed.client().login("gw");

    @AfterEach
    void stop() {
        bed.dialect.looks.release(10_000);
        gateway.close();
        bed.close();
    }

    @Test
    void a_child_speaks_over_the_connection_of_its_gateway() {
        enter(gateway, "c1");
        gateway.send(RawClient.publish("child/c1/up/a", 1, 7, "21"));

        assertThat(gateway.receive().id()).isEqualTo(7);
        assertThat(bed.log.messages).singleElement().satisfies(event -> {
            assertThat(event.device()).isEqualTo(CHILD);
            assertThat(event.topic()).isEqualTo("child/c1/up/a");
        });
        assertThat(session().gateway()).isEqualTo(new DeviceId("p", "gw"));
        assertThat(session().dialect()).isEqualTo("fake");
    }

    @Test
    void each_packet_of_a_gateway_is_a_sign_of_life_of_it_and_its_children() {
        TestClock clock = new TestClock();
        try (MqttBed standing = MqttBed.with().clock(clock).start();
                RawClient hub = standing.client().login("gw")) {
            standing.dialect.looks.release();
            hub.send(RawClient.publish("enter/c1", 0, 0, ""));
            assertThat(hub.receive().topic()).isEqualTo("entered");
            Session child = Objects.requireNonNull(standing.sessions.find(CHILD));
            Session parent = Objects.requireNonNull(standing.sessions.find(new DeviceId("p", "gw")));
            assertThat(parent.lastHeard()).isEqualTo(TestClock.START);

            clock.advance(Duration.ofMinutes(5));
            assertThat(hub.isAlive()).isTrue();
            clock.advance(Duration.ofMinutes(3));

            assertThat(parent.lastHeard()).isEqualTo(TestClock.START.plus(Duration.ofMinutes(5)));
            assertThat(child.lastHeard()).isEqualTo(parent.lastHeard());
            assertThat(child.since()).isEqualTo(TestClock.START);
        }
    }

    @Test
    void a_child_that_has_not_come_or_has_left_says_nothing() {
        gateway.send(RawClient.publish("child/c1/up/a", 1, 1, "early"));
        assertThat(gateway.receive().id()).isEqualTo(1);
        enter(gateway, "c1");
        leave(gateway, "c1");
        gateway.send(RawClient.publish("child/c1/up/a", 1, 2, "late"));
        assertThat(gateway.receive().id()).isEqualTo(2);

        assertThat(bed.log.messages).isEmpty();
        assertThat(bed.traffic.count("dropped child unknown")).isEqualTo(2);
        assertThat(bed.isOnline("c1")).isFalse();
        assertThat(statuses("c1")).containsExactly("online connected", "offline disconnected");
    }

    @Test
    void a_child_that_comes_again_stays_online_and_speaks_on() {
        enter(gateway, "c1");
        Session first = session();
        enter(gateway, "c1");

        assertThat(session()).isNotSameAs(first);
        first.link().close(CloseCause.TAKEN_OVER);
        gateway.send(RawClient.publish("child/c1/up/a", 0, 0, "still here"));
        assertThat(gateway.isAlive()).isTrue();
        assertThat(bed.log.texts()).containsExactly("still here");
        assertThat(statuses("c1")).containsExactly("online connected");
    }

    @Test
    void a_child_moves_to_another_gateway_without_going_offline() {
        enter(gateway, "c1");
        try (RawClient other = bed.client().login("gw2")) {
            enter(other, "c1");
            gateway.send(RawClient.publish("child/c1/up/a", 1, 1, "from the old place"));
            assertThat(gateway.receive().id()).isEqualTo(1);
            other.send(RawClient.publish("child/c1/up/a", 1, 2, "from the new one"));
            assertThat(other.receive().id()).isEqualTo(2);
            assertThat(bed.log.texts()).containsExactly("from the new one");
            gateway.close();
            await().until(() -> !bed.isOnline("gw"));
            assertThat(bed.isOnline("c1")).isTrue();
            leave(other, "c1");
        }
        assertThat(statuses("c1")).containsExactly("online connected", "offline disconnected");
    }

    @Test
    void a_child_leaves_the_connection_of_its_own_it_had() {
        try (RawClient own = bed.client().login("c1")) {
            enter(gateway, "c1");
            assertThat(own.isClosedByServer()).isTrue();
        }
        assertThat(session().gateway()).isNotNull();
        assertThat(statuses("c1")).containsExactly("online connected");
    }

    @Test
    void children_go_with_their_gateway_and_before_it() {
        enter(gateway, "c1");
        enter(gateway, "c2");
        bed.log.statuses.clear();
        gateway.close();

        await().until(() -> bed.sessions.count() == 0);
        assertThat(bed.log.statuses)
                .extracting(event -> event.deviceName())
                .endsWith("gw")
                .containsExactlyInAnyOrder("c1", "c2", "gw");
        assertThat(statuses("c1")).containsExactly("offline gateway-gone");
    }

    @Test
    void what_comes_behind_a_look_up_waits_for_it() {
        gateway.send(RawClient.publish("look", 1, 1, "1"))
                .send(RawClient.publish("up/a", 1, 2, "2"))
                .send(RawClient.publish("look", 1, 3, "3"))
                .send(RawClient.publish("up/a", 1, 4, "4"));
        assertThat(gateway.isAlive()).isTrue();
        assertThat(bed.log.messages).isEmpty();

        bed.dialect.looks.release();
        assertThat(List.of(gateway.receive().id(), gateway.receive().id())).containsExactly(1, 2);
        assertThat(bed.log.texts()).containsExactly("1", "2");
        bed.dialect.looks.release();
        assertThat(List.of(gateway.receive().id(), gateway.receive().id())).containsExactly(3, 4);
        assertThat(bed.log.texts()).containsExactly("1", "2", "3", "4");
    }

    @Test
    void a_message_sent_right_behind_the_login_of_its_child_gets_there() {
        gateway.send(RawClient.publish("enter/c1", 1, 1, "")).send(RawClient.publish("child/c1/up/a", 1, 2, "at once"));
        bed.dialect.looks.release();

        assertThat(gateway.receive().id()).isEqualTo(1);
        assertThat(gateway.receive().topic()).isEqualTo("entered");
        assertThat(gateway.receive().id()).isEqualTo(2);
        assertThat(bed.log.texts()).containsExactly("at once");
    }

    @Test
    void a_look_up_that_fails_ends_its_connection_and_no_other() {
        try (RawClient other = bed.client().login("d2")) {
            other.send(RawClient.publish("look", 1, 1, "other"));
            gateway.send(RawClient.publish("fail", 1, 1, "")).send(RawClient.publish("up/a", 1, 2, "behind it"));
            assertThat(gateway.isClosedByServer()).isTrue();
            await().untilAsserted(() -> assertThat(statuses("gw").getLast()).contains("internal-error"));
            bed.dialect.looks.release();
            assertThat(other.receive().id()).isEqualTo(1);
            assertThat(bed.log.texts()).containsExactly("other");
        }
    }

    @Test
    void a_device_is_not_read_while_too_much_waits_for_a_look_up() throws IOException {
        try (MqttBed narrow = narrow(4);
                RawClient client = narrow.client().login("d1")) {
            client.send(RawClient.publish("look", 1, 1, "1"));
            for (int id = 2; id <= 4; id++) {
                client.send(RawClient.publish("up/a", 1, id, String.valueOf(id)));
            }
            await().until(() -> narrow.dialect.looks.hasQueuedThreads());
            // the socket is closed to everything by now or soon: a sign of life is not answered
            await().untilAsserted(() -> assertThat(answersAtOnce(client)).isFalse());

            narrow.dialect.looks.release();
            client.socket().setSoTimeout((int) Patience.LONG.toMillis());
            assertThat(IntStream.range(0, 4).map(_ -> nextAck(client))).containsExactly(1, 2, 3, 4);
            assertThat(narrow.log.texts()).containsExactly("1", "2", "3", "4");
        }
    }

    @Test
    void what_is_sent_to_a_child_goes_out_on_the_gateways_connection() {
        enter(gateway, "c1");
        RecordingDelivery unasked = bed.send("c1", "system/a", Qos.AT_MOST_ONCE, "hello");
        RawClient.Packet packet = gateway.receive();
        assertThat(packet.topic()).isEqualTo("system/a");
        assertThat(packet.payload()).isEqualTo("hello");
        await().untilAsserted(() -> assertThat(unasked.heard).containsExactly(DeliveryState.SENT));

        RecordingDelivery asked = bed.send("c1", "t/1", Qos.AT_MOST_ONCE, "not subscribed");
        await().untilAsserted(() -> assertThat(asked.heard).containsExactly(Problem.NOT_SUBSCRIBED));
        gateway.send(RawClient.subscribe(5, 0, "t/+"));
        assertThat(gateway.receive().type()).isEqualTo(9);
        bed.send("c1", "t/1", Qos.AT_MOST_ONCE, "subscribed");
        assertThat(gateway.receive().payload()).isEqualTo("subscribed");
    }

    @Test
    void what_was_sent_before_a_child_left_goes_out_and_nothing_after() {
        enter(gateway, "c1");
        Session child = session();
        bed.send("c1", "system/notice", Qos.AT_MOST_ONCE, "you are disabled");
        child.link().close(CloseCause.DEVICE_DISABLED);
        RecordingDelivery late = new RecordingDelivery();
        child.link().send(new Downlink.Message("system/a", Qos.AT_MOST_ONCE, Payload.of("late")), late);

        assertThat(gateway.receive().payload()).isEqualTo("you are disabled");
        assertThat(late.heard).containsExactly(Problem.DEVICE_OFFLINE);
        assertThat(gateway.isAlive()).isTrue();
        assertThat(statuses("c1").getLast()).isEqualTo("offline device-disabled");
    }

    @Test
    void a_child_that_comes_while_its_gateway_goes_does_not_stay() {
        gateway.send(RawClient.publish("enter/c1", 1, 1, ""));
        await().until(() -> bed.dialect.looks.hasQueuedThreads());
        gateway.close();
        await().until(() -> !bed.isOnline("gw"));
        bed.dialect.looks.release();

        await().untilAsserted(() -> assertThat(bed.dialect.entered).containsExactly("c1 false"));
        assertThat(bed.sessions.count()).isZero();
        assertThat(statuses("c1")).isEmpty();
    }

    @Test
    void a_gateway_may_subscribe_for_each_of_its_children() {
        try (MqttBed narrow = MqttBed.with()
                        .session(limits -> new MqttConfig.SessionLimits(
                                20, 100, 256, Duration.ofSeconds(20), 5, Duration.ofDays(7), 1, 100, 1024, 16))
                        .start();
                RawClient client = narrow.client().login("gw")) {
            client.send(RawClient.subscribe(1, 0, "a", "b"));
            assertThat(client.receive().hex()).isEqualTo("00010080");
            narrow.dialect.looks.release();
            client.send(RawClient.publish("enter/c1", 0, 0, ""));
            assertThat(client.receive().topic()).isEqualTo("entered");
            client.send(RawClient.subscribe(2, 0, "b", "c"));
            assertThat(client.receive().hex()).isEqualTo("00020080");
        }
    }

    @Test
    void a_subscription_for_a_child_makes_the_child_hear_more() {
        List<String> hearing = new CopyOnWriteArrayList<>();
        bed.sessions.follow(new Sessions.PresenceListener() {
            @Override
            public void seen(Session session) {}

            @Override
            public void subscribed(Session session) {
                hearing.add(session.device().name());
            }
        });
        enter(gateway, "c1");
        gateway.send(RawClient.subscribe(1, 0, "own", "child/c1/a", "child/c1/b", "child/gone/a"));

        assertThat(gateway.receive().type()).isEqualTo(9);
        assertThat(hearing).containsExactly("gw", "c1");
        assertThat(bed.sessions.filters(new DeviceId("p", "gw"))).containsExactly(new TopicFilter("own"));
        assertThat(bed.sessions.filters(CHILD))
                .containsExactly(new TopicFilter("child/c1/a"), new TopicFilter("child/c1/b"));
        assertThat(bed.sessions.filters(new DeviceId("p", "gone"))).isEmpty();
    }

    @Test
    void two_thousand_children_stand_behind_one_gateway() {
        bed.dialect.looks.release(2000);
        Thread asking = Thread.startVirtualThread(() -> {
            for (int i = 0; i < 2000; i++) {
                gateway.send(RawClient.publish("enter/c" + i, 0, 0, ""));
                gateway.send(RawClient.subscribe(i + 1, 0, "child/c" + i + "/a", "child/c" + i + "/+/b"));
            }
        });
        for (int i = 0; i < 4000; i++) {
            gateway.receive();
        }
        assertThat(asking)
                .satisfies(thread -> assertThat(thread.join(Patience.LONG)).isTrue());
        assertThat(bed.sessions.count()).isEqualTo(2001);

        for (int i = 0; i < 2000; i++) {
            gateway.send(RawClient.publish("child/c" + i + "/up/echo", 0, 0, "hello " + i));
            assertThat(gateway.receive().payload()).isEqualTo("hello " + i);
        }
        bed.send("c1999", "child/c1999/x/b", Qos.AT_MOST_ONCE, "to the last");
        assertThat(gateway.receive().payload()).isEqualTo("to the last");
        gateway.close();
        await().until(() -> bed.sessions.count() == 0);
    }

    private static boolean answersAtOnce(RawClient client) {
        try {
            client.socket().setSoTimeout(300);
            return client.isAlive();
        } catch (UncheckedIOException _) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int nextAck(RawClient client) {
        RawClient.Packet packet = client.receive();
        return packet.type() == 4 ? packet.id() : nextAck(client);
    }

    private void enter(RawClient client, String name) {
        bed.dialect.looks.release();
        client.send(RawClient.publish("enter/" + name, 0, 0, ""));
        assertThat(client.receive().topic()).isEqualTo("entered");
    }

    private static void leave(RawClient client, String name) {
        client.send(RawClient.publish("leave/" + name, 0, 0, ""));
        assertThat(client.receive().topic()).isEqualTo("left");
    }

    private Session session() {
        return Objects.requireNonNull(bed.sessions.find(CHILD));
    }

    private List<String> statuses(String name) {
        return bed.log.statuses.stream()
                .filter(event -> event.kind() == Event.Kind.STATUS)
                .filter(event -> event.deviceName().equals(name))
                .map(TestEvents::says)
                .toList();
    }

    private static MqttBed narrow(int pending) {
        return MqttBed.with()
                .session(limits -> new MqttConfig.SessionLimits(
                        20, 100, pending, Duration.ofSeconds(20), 5, Duration.ofDays(7), 100, 100, 1024, 16))
                .start();
    }
}
