package io.berth.front.mqtt;

import static io.berth.core.message.DeliveryState.ACKNOWLEDGED;
import static io.berth.core.message.DeliveryState.QUEUED;
import static io.berth.core.message.DeliveryState.SENT;
import static io.berth.core.message.Qos.AT_LEAST_ONCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.berth.core.Payload;
import io.berth.core.Problem;
import io.berth.core.Value;
import io.berth.core.device.DeviceId;
import io.berth.core.message.Delivery;
import io.berth.core.message.DeliveryState;
import io.berth.core.message.Downlink;
import io.berth.core.message.Fact;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
final class LastingSessionTest {
    private final MemorySessionStore store = new MemorySessionStore();
    private MqttBed bed = MqttBed.with().store(store).start();

    @AfterEach
    void stop() {
        bed.close();
    }

    private RawClient lasting() {
        return bed.client().login("d1", false, 60);
    }

    private static void subscribe(RawClient client) {
        client.send(RawClient.subscribe(1, 1, "a/+"));
        assertThat(client.receive().hex()).isEqualTo("000101");
    }

    private void leave(RawClient client) {
        client.close();
        await().until(() -> !bed.isOnline("d1"));
    }

    @Test
    void leaves_the_store_alone_for_a_clean_session() {
        try (RawClient client = bed.client().login("d1")) {
            subscribe(client);
            bed.send("d1", "a/b", AT_LEAST_ONCE, "x");
            client.receive();
            assertThat(store.calls).hasValue(0);
        }
    }

    @Test
    void keeps_subscriptions_and_says_so() {
        try (RawClient client = bed.client()) {
            assertThat(client.resumes("d1")).isFalse();
            subscribe(client);
            leave(client);
        }
        try (RawClient client = bed.client()) {
            assertThat(client.resumes("d1")).isTrue();
            bed.send("d1", "a/b", AT_LEAST_ONCE, "x");
            assertThat(client.receive().payload()).isEqualTo("x");
        }
    }

    @Test
    void forgets_a_session_the_device_does_not_want_any_more() {
        try (RawClient client = lasting()) {
            subscribe(client);
            leave(client);
        }
        bed.directory.keepsSession.add("d1");
        try (RawClient client = bed.client().login("d1", true, 60)) {
            assertThat(store.messagesOf("d1")).isEqualTo(-1);
            leave(client);
        }
        try (RawClient client = bed.client()) {
            assertThat(client.resumes("d1")).isFalse();
        }
    }

    @Test
    void stores_a_message_before_it_is_sent_and_forgets_it_when_it_is_confirmed() {
        try (RawClient client = lasting()) {
            subscribe(client);
            RecordingDelivery delivery = bed.send("d1", "a/b", AT_LEAST_ONCE, "x");
            RawClient.Packet message = client.receive();
            assertThat(store.messagesOf("d1")).isEqualTo(1);
            client.send(RawClient.puback(message.id()));
            await().until(() -> store.messagesOf("d1") == 0);
            await().until(() -> delivery.heard.equals(List.of(SENT, ACKNOWLEDGED)));
        }
    }

    @Test
    void a_message_kept_for_an_absent_device_is_told_of_until_it_is_confirmed() {
        try (RawClient client = lasting()) {
            subscribe(client);
            leave(client);
        }
        Downlink.Message message = new Downlink.Message("a/b", AT_LEAST_ONCE, Payload.of("x"));
        bed.messages.send(new DeviceId("p", "d1"), "order-7", message, Delivery.UNWATCHED);
        await().until(() -> states().equals(List.of(QUEUED)));
        bed.close();
        bed = MqttBed.with().store(store).start();
        try (RawClient client = bed.client()) {
            assertThat(client.resumes("d1")).isTrue();
            client.send(RawClient.puback(client.receive().id()));
            await().until(() -> states().equals(List.of(SENT, ACKNOWLEDGED)));
        }
    }

    private List<DeliveryState> states() {
        return bed.log.messages.stream()
                .map(event -> (Fact.MessageProgress) event.fact())
                .filter(progress -> progress.message().equals("order-7"))
                .map(Fact.MessageProgress::state)
                .toList();
    }

    @Test
    void sends_what_was_not_confirmed_again_with_the_same_id_in_order_after_a_restart() {
        int firstId;
        try (RawClient client = lasting()) {
            subscribe(client);
            RecordingDelivery delivery = bed.send("d1", "a/b", AT_LEAST_ONCE, "1");
            bed.send("d1", "a/b", AT_LEAST_ONCE, "2");
            firstId = client.receive().id();
            client.receive();
            leave(client);
            await().until(() -> delivery.heard.equals(List.of(SENT, QUEUED)));
        }
        bed.close();
        bed = MqttBed.with().store(store).start();
        try (RawClient client = bed.client()) {
            assertThat(client.resumes("d1")).isTrue();
            RawClient.Packet first = client.receive();
            assertThat(first.payload()).isEqualTo("1");
            assertThat(first.isDuplicate()).isTrue();
            assertThat(first.id()).isEqualTo(firstId);
            assertThat(client.receive().payload()).isEqualTo("2");
        }
    }

    @Test
    void sends_what_came_while_the_device_was_away_in_order_and_within_the_window() {
        try (RawClient client = lasting()) {
            subscribe(client);
            leave(client);
        }
        for (int i = 0; i < 70; i++) {
            RecordingDelivery delivery = bed.send("d1", "a/b", AT_LEAST_ONCE, "m" + i);
            await().until(() -> delivery.heard.equals(List.of(QUEUED)));
        }
        try (RawClient client = lasting()) {
            for (int i = 0; i < 20; i++) {
                assertThat(client.receive().payload()).isEqualTo("m" + i);
            }
            assertThat(client.isAlive()).isTrue();
            bed.send("d1", "a/b", AT_LEAST_ONCE, "m70");
            leave(client);
        }
        try (RawClient client = lasting()) {
            for (int i = 0; i <= 70; i++) {
                RawClient.Packet message = client.receive();
                assertThat(message.payload()).isEqualTo("m" + i);
                client.send(RawClient.puback(message.id()));
            }
            await().until(() -> store.messagesOf("d1") == 0);
        }
    }

    @Test
    void keeps_the_order_of_messages_that_come_while_older_ones_wait() {
        try (RawClient client = lasting()) {
            subscribe(client);
            RecordingDelivery last = new RecordingDelivery();
            for (int i = 0; i < 90; i++) {
                last = bed.send("d1", "a/b", AT_LEAST_ONCE, "m" + i);
            }
            for (int i = 0; i < 90; i++) {
                RawClient.Packet message = client.receive();
                assertThat(message.payload()).isEqualTo("m" + i);
                client.send(RawClient.puback(message.id()));
            }
            RecordingDelivery delivered = last;
            await().until(() -> delivered.heard.equals(List.of(SENT, ACKNOWLEDGED)));
        }
    }

    @Test
    void hands_the_session_over_to_a_newer_connection() {
        try (RawClient older = lasting()) {
            subscribe(older);
            bed.send("d1", "a/b", AT_LEAST_ONCE, "1");
            older.receive();
            try (RawClient newer = bed.client()) {
                assertThat(newer.resumes("d1")).isTrue();
                assertThat(older.isClosedByServer()).isTrue();
                assertThat(newer.receive().payload()).isEqualTo("1");
                bed.send("d1", "a/b", AT_LEAST_ONCE, "2");
                assertThat(newer.receive().payload()).isEqualTo("2");
            }
        }
    }

    @Test
    void sends_a_message_that_was_being_stored_while_the_device_came_back() {
        try (RawClient client = lasting()) {
            subscribe(client);
            leave(client);
        }
        CompletableFuture<Void> stored = holdStoring();
        bed.send("d1", "a/b", AT_LEAST_ONCE, "late");
        try (RawClient client = lasting()) {
            assertThat(client.isAlive()).isTrue();
            settle();
            stored.complete(null);
            assertThat(client.receive().payload()).isEqualTo("late");
        }
    }

    @Test
    void sends_a_message_that_an_older_connection_was_storing_when_it_was_taken_over() {
        try (RawClient older = lasting()) {
            subscribe(older);
            CompletableFuture<Void> stored = holdStoring();
            bed.send("d1", "a/b", AT_LEAST_ONCE, "late");
            try (RawClient newer = lasting()) {
                assertThat(older.isClosedByServer()).isTrue();
                settle();
                stored.complete(null);
                assertThat(newer.receive().payload()).isEqualTo("late");
            }
        }
    }

    @Test
    void keeps_the_order_of_messages_stored_from_two_sides() {
        try (RawClient client = lasting()) {
            subscribe(client);
            leave(client);
        }
        CompletableFuture<Void> answer = new CompletableFuture<>();
        store.storedAnswer = answer;
        CompletableFuture<Void> stored = holdStoring();
        bed.send("d1", "a/b", AT_LEAST_ONCE, "first");
        store.storedAnswer = CompletableFuture.completedFuture(null);
        try (RawClient client = lasting()) {
            settle();
            store.storing = CompletableFuture.completedFuture(null);
            stored.complete(null);
            settle();
            bed.send("d1", "a/b", AT_LEAST_ONCE, "second");
            assertThat(client.receive().payload()).isEqualTo("first");
            assertThat(client.receive().payload()).isEqualTo("second");
            answer.complete(null);
            assertThat(client.isAlive()).isTrue();
        }
    }

    @Test
    void marks_as_duplicate_what_was_sent_before_and_nothing_else() {
        try (RawClient client = lasting()) {
            subscribe(client);
            bed.send("d1", "a/b", AT_LEAST_ONCE, "sent");
            client.receive();
            leave(client);
        }
        for (int i = 0; i < 2; i++) {
            RecordingDelivery delivery = bed.send("d1", "a/b", AT_LEAST_ONCE, "queued");
            await().until(() -> delivery.heard.equals(List.of(QUEUED)));
        }
        try (RawClient client = lasting()) {
            assertThat(client.receive().isDuplicate()).isTrue();
            assertThat(client.receive().isDuplicate()).isFalse();
            assertThat(client.receive().isDuplicate()).isFalse();
        }
    }

    @Test
    void marks_as_duplicate_what_may_have_been_sent_before_a_crash() {
        try (RawClient client = lasting()) {
            subscribe(client);
            bed.send("d1", "a/b", AT_LEAST_ONCE, "sent");
            client.receive();
            // another node finds the session as a killed one leaves it
            try (MqttBed next = MqttBed.with().store(store).start();
                    RawClient back = next.client()) {
                assertThat(back.resumes("d1")).isTrue();
                assertThat(back.receive().isDuplicate()).isTrue();
                next.send("d1", "a/b", AT_LEAST_ONCE, "new");
                assertThat(back.receive().isDuplicate()).isFalse();
            }
        }
    }

    @Test
    void does_not_keep_a_question_for_later() {
        try (RawClient client = lasting()) {
            subscribe(client);
            RecordingDelivery delivery = new RecordingDelivery();
            bed.downlinks.send(
                    new DeviceId("p", "d1"), new Downlink.Command("1", "a/b", Value.Fields.NONE, false), delivery);
            RawClient.Packet question = client.receive();
            assertThat(question.topic()).isEqualTo("a/b");
            assertThat(question.first()).isEqualTo(0x32);
            assertThat(store.messagesOf("d1")).isZero();
            leave(client);
            await().until(() -> delivery.heard.equals(List.of(SENT, Problem.CONNECTION_LOST)));
        }
        try (RawClient client = lasting()) {
            assertThat(client.isAlive()).isTrue();
        }
    }

    private CompletableFuture<Void> holdStoring() {
        store.storing = new CompletableFuture<>();
        return store.storing;
    }

    /// What was asked of the store before is done after this.
    private void settle() {
        store.messagesOf("d1");
    }

    @Test
    void answers_unavailable_when_the_store_does_not_work() {
        store.broken = true;
        try (RawClient client = bed.client()) {
            client.send(RawClient.connect("MQTT", 4, 0xC0, 60, "c", "d1", "right"));
            assertThat(client.receive().hex()).isEqualTo("0003");
        }
        try (RawClient other = bed.client().login("d2")) {
            assertThat(other.isAlive()).isTrue();
        }
    }

    @Test
    void does_not_confirm_a_subscription_it_could_not_store() {
        try (RawClient client = lasting()) {
            store.broken = true;
            client.send(RawClient.subscribe(1, 1, "a/b"));
            assertThat(client.isClosedByServer()).isTrue();
        }
    }

    @Test
    void forgets_an_unsubscribed_filter_for_good() {
        try (RawClient client = lasting()) {
            subscribe(client);
            client.send(RawClient.unsubscribe(2, "a/+"));
            assertThat(client.receive().hex()).isEqualTo("0002");
            leave(client);
        }
        RecordingDelivery delivery = bed.send("d1", "a/b", AT_LEAST_ONCE, "x");
        await().until(() -> delivery.heard.equals(List.of(Problem.NOT_SUBSCRIBED)));
    }
}
