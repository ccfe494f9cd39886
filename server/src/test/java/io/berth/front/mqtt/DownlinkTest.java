package io.berth.front.mqtt;

import static io.berth.core.message.DeliveryState.ACKNOWLEDGED;
import static io.berth.core.message.DeliveryState.SENT;
import static io.berth.core.message.Qos.AT_LEAST_ONCE;
import static io.berth.core.message.Qos.AT_MOST_ONCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.berth.core.Problem;
import io.berth.core.Value;
import io.berth.core.device.DeviceId;
import io.berth.core.message.Downlink;
import io.berth.front.mqtt.MqttConfig.SessionLimits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class DownlinkTest {
    private final MqttBed bed = MqttBed.start();
    private final RawClient client = bed.client().login("d1");

    @AfterEach
    void stop() {
        client.close();
        bed.close();
    }

    private String subscribe(int qos, String... filters) {
        client.send(RawClient.subscribe(1, qos, filters));
        return client.receive().hex();
    }

    @Test
    void grants_what_may_be_subscribed_and_refuses_the_rest() {
        assertThat(subscribe(1, "a/b", "forbidden/x", "+/c/#", "a+/b", "a#"))
                .isEqualTo("0001" + "01" + "80" + "01" + "8080");
    }

    @Test
    void grants_qos_1_when_2_is_asked() {
        assertThat(subscribe(2, "a/b")).isEqualTo("000101");
    }

    @Test
    void refuses_subscriptions_beyond_the_bound_and_filters_too_long() {
        for (int i = 0; i < 100; i++) {
            assertThat(subscribe(0, "a/" + i)).isEqualTo("000100");
        }
        assertThat(subscribe(0, "a/100")).isEqualTo("000180");
        assertThat(subscribe(0, "a/99")).isEqualTo("000100");
        assertThat(subscribe(0, "x".repeat(2000))).isEqualTo("000180");
    }

    @Test
    void delivers_what_was_subscribed_and_reports_how_far_it_got() {
        subscribe(1, "a/+");
        RecordingDelivery delivery = bed.send("d1", "a/b", AT_LEAST_ONCE, "hello");
        RawClient.Packet message = client.receive();
        assertThat(message.topic()).isEqualTo("a/b");
        assertThat(message.payload()).isEqualTo("hello");
        await().until(() -> delivery.heard.equals(List.of(SENT)));
        client.send(RawClient.puback(message.id()));
        await().until(() -> delivery.heard.equals(List.of(SENT, ACKNOWLEDGED)));
    }

    @Test
    void delivers_at_the_lower_of_granted_and_sent_qos() {
        subscribe(0, "a/b");
        RecordingDelivery delivery = bed.send("d1", "a/b", AT_LEAST_ONCE, "hello");
        assertThat(client.receive().first()).isEqualTo(0x30);
        await().until(() -> delivery.heard.equals(List.of(SENT)));
    }

    @Test
    void delivers_once_however_many_filters_match() {
        subscribe(0, "a/b");
        subscribe(1, "a/+", "a/#");
        bed.send("d1", "a/b", AT_LEAST_ONCE, "hello");
        assertThat(client.receive().first()).isEqualTo(0x32);
        assertThat(client.isAlive()).isTrue();
    }

    @Test
    void delivers_unasked_what_the_dialect_calls_implicit() {
        bed.send("d1", "system/x", AT_MOST_ONCE, "hello");
        assertThat(client.receive().topic()).isEqualTo("system/x");
    }

    @Test
    void says_when_nobody_asked() {
        RecordingDelivery delivery = bed.send("d1", "a/b", AT_MOST_ONCE, "x");
        await().until(() -> delivery.heard.equals(List.of(Problem.NOT_SUBSCRIBED)));
        subscribe(0, "a/b");
        client.send(RawClient.unsubscribe(2, "a/b"));
        assertThat(client.receive().hex()).isEqualTo("0002");
        RecordingDelivery again = bed.send("d1", "a/b", AT_MOST_ONCE, "x");
        await().until(() -> again.heard.equals(List.of(Problem.NOT_SUBSCRIBED)));
    }

    @Test
    void fails_what_was_not_confirmed_when_the_connection_ends() {
        subscribe(1, "a/b");
        RecordingDelivery delivery = bed.send("d1", "a/b", AT_LEAST_ONCE, "x");
        client.receive();
        await().until(() -> delivery.heard.contains(SENT));
        client.close();
        await().until(() -> delivery.heard.equals(List.of(SENT, Problem.CONNECTION_LOST)));
    }

    @Test
    void keeps_a_bounded_number_unconfirmed_and_a_bounded_number_waiting() {
        subscribe(1, "a/b");
        List<RecordingDelivery> deliveries = new ArrayList<>();
        for (int i = 0; i < 125; i++) {
            deliveries.add(bed.send("d1", "a/b", AT_LEAST_ONCE, "m" + i));
        }
        await().until(() -> deliveries.getLast().heard.equals(List.of(Problem.OVERLOADED)));
        assertThat(deliveries.stream().filter(one -> one.heard.contains(Problem.OVERLOADED)))
                .hasSize(5);
        await().untilAsserted(() -> assertThat(deliveries.stream().filter(one -> one.heard.contains(SENT)))
                .hasSize(20));
        for (int i = 0; i < 120; i++) {
            RawClient.Packet message = client.receive();
            assertThat(message.payload()).isEqualTo("m" + i);
            client.send(RawClient.puback(message.id()));
        }
        await().until(() -> deliveries.get(119).heard.contains(ACKNOWLEDGED));
    }

    @Test
    void ignores_a_confirmation_nobody_waits_for() {
        client.send(RawClient.puback(77));
        assertThat(client.isAlive()).isTrue();
    }

    @Test
    void sends_again_what_is_not_confirmed_in_time_and_gives_up_in_the_end() {
        try (MqttBed fast = MqttBed.with()
                        .second(Duration.ofMillis(5))
                        .connectTimeout(MqttBed.NO_HURRY)
                        .session(s -> limits(s, Duration.ofSeconds(10), 2))
                        .start();
                RawClient device = fast.client().login("d1", true, 0)) {
            device.send(RawClient.subscribe(1, 1, "a/b"));
            device.receive();
            RecordingDelivery delivery = fast.send("d1", "a/b", AT_LEAST_ONCE, "x");
            RawClient.Packet first = device.receive();
            RawClient.Packet second = device.receive();
            assertThat(first.isDuplicate()).isFalse();
            assertThat(second.isDuplicate()).isTrue();
            assertThat(second.id()).isEqualTo(first.id());
            device.receive();
            await().until(() -> delivery.heard.equals(List.of(SENT, Problem.TIMED_OUT)));
            assertThat(device.isAlive()).isTrue();
        }
    }

    private static SessionLimits limits(SessionLimits s, Duration retransmitAfter, int maxRetransmits) {
        return new SessionLimits(
                s.maxInflight(),
                s.maxQueuedDownlinks(),
                s.maxPendingUplinks(),
                retransmitAfter,
                maxRetransmits,
                s.expiry(),
                s.maxSubscriptions(),
                s.maxFiltersPerSubscribe(),
                s.maxFilterLength(),
                s.maxTopicAliases());
    }

    @Test
    void refuses_messages_for_a_device_that_does_not_read() {
        subscribe(0, "a/b");
        Set<RecordingDelivery> deliveries = new java.util.LinkedHashSet<>();
        String large = "x".repeat(200_000);
        await().pollInterval(Duration.ofMillis(5)).until(() -> {
            deliveries.add(bed.send("d1", "a/b", AT_MOST_ONCE, large));
            return deliveries.stream().anyMatch(one -> one.heard.contains(Problem.OVERLOADED));
        });
        try (RawClient other = bed.client().login("d2")) {
            assertThat(other.isAlive()).isTrue();
        }
    }

    @Test
    void closes_on_a_subscribe_without_filters() {
        client.send("82020001");
        assertThat(client.isClosedByServer()).isTrue();
    }

    @Test
    void what_takes_a_script_holds_back_what_comes_after_it() {
        RecordingDelivery scripted = command("scripted/a");
        RecordingDelivery later = bed.send("d1", "system/b", AT_MOST_ONCE, "after");
        assertThat(client.isAlive()).isTrue();

        bed.dialect.scripts.release();

        assertThat(client.receive().topic()).isEqualTo("scripted/a");
        assertThat(client.receive().topic()).isEqualTo("system/b");
        await().untilAsserted(() -> assertThat(later.heard).containsExactly(SENT));
        assertThat(scripted.heard).containsExactly(SENT);
    }

    @Test
    void what_waits_for_a_script_fails_when_the_connection_ends() {
        RecordingDelivery scripted = command("scripted/a");
        RecordingDelivery later = bed.send("d1", "system/b", AT_MOST_ONCE, "after");

        client.close();

        await().untilAsserted(() -> assertThat(later.heard).containsExactly(Problem.DEVICE_OFFLINE));
        bed.dialect.scripts.release();
        await().untilAsserted(() -> assertThat(scripted.heard).containsExactly(Problem.DEVICE_OFFLINE));
    }

    private RecordingDelivery command(String topic) {
        RecordingDelivery delivery = new RecordingDelivery();
        bed.downlinks.send(
                new DeviceId("p", "d1"), new Downlink.Command("1", topic, Value.Fields.NONE, false), delivery);
        return delivery;
    }
}
