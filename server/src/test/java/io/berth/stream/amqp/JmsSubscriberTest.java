package io.berth.stream.amqp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.berth.core.subscription.ConsumerGroup;
import io.berth.core.subscription.Readers.Peer;
import io.berth.stream.group.Consumer.Settlement;
import jakarta.jms.BytesMessage;
import jakarta.jms.IllegalStateException;
import jakarta.jms.InvalidDestinationException;
import jakarta.jms.JMSException;
import jakarta.jms.JMSSecurityException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The client that the vendors' samples use, unmodified.
final class JmsSubscriberTest {
    private final AmqpBed bed = new AmqpBed();
    private final ConsumerGroup plain = bed.groups.add("orders", "plain");

    @AfterEach
    void close() {
        bed.close();
    }

    private static Message next(MessageConsumer consumer) throws JMSException {
        return Objects.requireNonNull(consumer.receive(JmsClient.PATIENCE), "no message came");
    }

    private static String text(Message message) throws JMSException {
        return message instanceof TextMessage text ? text.getText() : new String(message.getBody(byte[].class), UTF_8);
    }

    @Test
    void alibabas_way_reads_bytes_whatever_its_address_is() throws Exception {
        bed.groups.publish(plain, AmqpBed.event(1881234567890123456L, "{\"t\":21}"));
        try (JmsClient client = JmsClient.aliyun(bed, "orders")) {
            Message message = next(client.consumer("default", Session.AUTO_ACKNOWLEDGE));

            assertThat(message).isInstanceOf(BytesMessage.class);
            assertThat(text(message)).isEqualTo("{\"t\":21}");
            assertThat(message.getStringProperty("topic")).isEqualTo("/a1Plant/pump-07/user/up");
            assertThat(message.getStringProperty("messageId")).isEqualTo("1881234567890123456");
            assertThat(message.getLongProperty("generateTime")).isEqualTo(1795248000000L);
            assertThat(message.getIntProperty("qos")).isEqualTo(1);
            assertThat(message.getIntProperty("JMSXDeliveryCount")).isEqualTo(1);
            assertThat(message.getJMSRedelivered()).isFalse();
        }
        await().until(() -> bed.groups.settlements().equals(List.of(Settlement.ACCEPTED)));
    }

    @Test
    void huaweis_way_names_the_group_and_reads_text() throws Exception {
        bed.groups.publish(plain, AmqpBed.event(7, "{\"resource\":\"device.message\"}"));
        try (JmsClient client = JmsClient.huawei(bed)) {
            Message message = next(client.consumer("orders", Session.AUTO_ACKNOWLEDGE));

            assertThat(message).isInstanceOf(TextMessage.class);
            assertThat(text(message)).isEqualTo("{\"resource\":\"device.message\"}");
        }
    }

    /// Spec aliyun-openapi 4.1: the client id stands before the first bar; others are known by their container.
    @Test
    void the_group_knows_its_consumers_by_what_they_call_themselves_and_by_their_address() throws Exception {
        try (JmsClient alibabas = JmsClient.aliyun(bed, "orders");
                JmsClient huaweis = JmsClient.huawei(bed)) {
            alibabas.consumer("default", Session.AUTO_ACKNOWLEDGE);
            huaweis.consumer("orders", Session.AUTO_ACKNOWLEDGE);

            List<Peer> peers = bed.groups.peers();
            assertThat(peers.getFirst().client()).isEqualTo("app-1");
            assertThat(peers.get(1).client()).isEqualTo(huaweis.connection.getClientID());
            assertThat(peers).allSatisfy(peer -> assertThat(peer.address()).matches("127\\.0\\.0\\.1:[0-9]+"));
        }
    }

    @Test
    void an_event_that_came_before_says_how_often() throws Exception {
        bed.groups.publish(plain, AmqpBed.event(1, "again"), 2);
        try (JmsClient client = JmsClient.aliyun(bed, "orders")) {
            Message message = next(client.consumer("default", Session.AUTO_ACKNOWLEDGE));

            assertThat(message.getJMSRedelivered()).isTrue();
            assertThat(message.getIntProperty("JMSXDeliveryCount")).isEqualTo(3);
        }
    }

    @Test
    void nothing_is_acknowledged_before_the_client_does() throws Exception {
        bed.publish(plain, 3);
        try (JmsClient client = JmsClient.aliyun(bed, "orders")) {
            MessageConsumer consumer = client.consumer("default", Session.CLIENT_ACKNOWLEDGE);
            next(consumer);
            next(consumer);
            Message third = next(consumer);
            assertThat(bed.groups.settlements()).isEmpty();

            third.acknowledge();
            await().until(() -> bed.groups.settlements().size() == 3);
            assertThat(bed.groups.settlements()).containsOnly(Settlement.ACCEPTED);
        }
    }

    @Test
    void what_a_client_left_unacknowledged_comes_to_the_next_counted() throws Exception {
        bed.publish(plain, 1);
        try (JmsClient first = JmsClient.aliyun(bed, "orders")) {
            next(first.consumer("default", Session.CLIENT_ACKNOWLEDGE));
        }
        try (JmsClient second = JmsClient.aliyun(bed, "orders")) {
            Message again = next(second.consumer("default", Session.AUTO_ACKNOWLEDGE));
            assertThat(again.getStringProperty("messageId")).isEqualTo("1");
            assertThat(again.getIntProperty("JMSXDeliveryCount")).isGreaterThan(1);
        }
    }

    @Test
    void every_outcome_a_client_can_give_reaches_the_group() throws Exception {
        int[] jmsOutcomes = {1, 2, 3, 4}; // accepted, rejected, released, modified as failed
        List<Settlement> expected =
                List.of(Settlement.ACCEPTED, Settlement.REJECTED, Settlement.RELEASED, Settlement.FAILED);
        try (JmsClient client = JmsClient.aliyun(bed, "orders")) {
            Session session = client.connection.createSession(101); // Qpid's way to settle each by itself
            MessageConsumer consumer = session.createConsumer(session.createQueue("default"));
            for (int outcome : jmsOutcomes) {
                bed.groups.publish(plain, AmqpBed.event(outcome, "x"));
                Message message = next(consumer);
                message.setIntProperty("JMS_AMQP_ACK_TYPE", outcome);
                message.acknowledge();
                await().until(() -> bed.groups.settlements().size() >= outcome);
                if (outcome > 1) {
                    Message again = next(consumer); // gone for good, so that the next is the next
                    again.acknowledge();
                    await().until(() -> bed.groups.settlements().size() >= outcome + 1);
                }
            }
        }
        assertThat(bed.groups.settlements()).containsSubsequence(expected);
    }

    @Test
    void two_consumers_share_a_group() throws Exception {
        Set<String> seen = ConcurrentHashMap.newKeySet();
        LinkedBlockingQueue<Integer> who = new LinkedBlockingQueue<>();
        try (JmsClient first = JmsClient.aliyun(bed, "orders");
                JmsClient second = JmsClient.aliyun(bed, "orders")) {
            int number = 0;
            for (JmsClient client : List.of(first, second)) {
                int name = number++;
                client.consumer("default", Session.AUTO_ACKNOWLEDGE).setMessageListener(message -> {
                    try {
                        seen.add(text(message));
                        who.add(name);
                    } catch (JMSException e) {
                        throw new AssertionError(e);
                    }
                });
            }
            await().until(() -> bed.groups.consumers() == 2);
            bed.publish(plain, 2000);
            await().until(() -> bed.groups.settlements().size() == 2000);
        }
        assertThat(seen).hasSize(2000);
        assertThat(new HashSet<>(who)).containsExactlyInAnyOrder(0, 1);
    }

    @Test
    void a_client_without_prefetch_gets_one_at_a_time_and_hears_when_there_is_none() throws Exception {
        String url = "amqp://127.0.0.1:" + bed.port() + "?jms.prefetchPolicy.all=0";
        try (JmsClient client = JmsClient.connect(url, AmqpBed.aliyunUser("orders"), AmqpBed.aliyunPassword())) {
            MessageConsumer consumer = client.consumer("default", Session.AUTO_ACKNOWLEDGE);
            assertThat(consumer.receiveNoWait()).isNull();
            assertThat(consumer.receive(100)).isNull();

            bed.publish(plain, 2);
            assertThat(text(next(consumer))).isEqualTo("1");
            assertThat(text(next(consumer))).isEqualTo("2");
            assertThat(consumer.receiveNoWait()).isNull();
        }
    }

    @Test
    void a_presettled_receiver_acknowledges_by_taking() throws Exception {
        String url = "amqp://127.0.0.1:" + bed.port() + "?jms.presettlePolicy.presettleConsumers=true";
        bed.publish(plain, 3);
        try (JmsClient client = JmsClient.connect(url, AmqpBed.aliyunUser("orders"), AmqpBed.aliyunPassword())) {
            MessageConsumer consumer = client.consumer("default", Session.CLIENT_ACKNOWLEDGE);
            next(consumer);
            await().until(() -> bed.groups.settlements().size() == 3);
        }
    }

    @Test
    void a_large_event_comes_in_many_frames() throws Exception {
        String large = "x".repeat(1_000_000);
        bed.groups.publish(plain, AmqpBed.event(1, large));
        try (JmsClient client = JmsClient.aliyun(bed, "orders")) {
            assertThat(text(next(client.consumer("default", Session.AUTO_ACKNOWLEDGE))))
                    .isEqualTo(large);
        }
    }

    @Test
    void an_event_in_two_messages_is_settled_once_when_both_are() throws Exception {
        ConsumerGroup twice = bed.groups.add("pairs", "twice");
        bed.groups.publish(twice, AmqpBed.event(5, "x"));
        try (JmsClient client = JmsClient.huawei(bed)) {
            MessageConsumer consumer = client.consumer("pairs", Session.CLIENT_ACKNOWLEDGE);
            Message first = next(consumer);
            Message second = next(consumer);
            assertThat(List.of(text(first), text(second))).containsExactly("first", "second");
            assertThat(first.getStringProperty("messageId"))
                    .isEqualTo("5")
                    .isNotEqualTo(second.getStringProperty("messageId"));
            assertThat(first.getStringProperty("topic")).isNull();
            assertThat(bed.groups.settlements()).isEmpty();

            second.acknowledge();
            await().until(() -> bed.groups.settlements().equals(List.of(Settlement.ACCEPTED)));
        }
    }

    @Test
    void an_event_without_words_is_done_with_at_once() throws Exception {
        ConsumerGroup mute = bed.groups.add("rare", "mute");
        bed.groups.publish(mute, AmqpBed.event(1, "nothing"));
        bed.groups.publish(mute, AmqpBed.event(2, "something!"));
        try (JmsClient client = JmsClient.huawei(bed)) {
            Message message = next(client.consumer("rare", Session.CLIENT_ACKNOWLEDGE));
            assertThat(text(message)).isEqualTo("something!");
            assertThat(bed.groups.settlements()).containsExactly(Settlement.ACCEPTED);
            await().until(() -> bed.traffic.of("settled wordless") == 1);
        }
    }

    @Test
    void a_wrong_password_is_refused_and_the_operator_reads_why() {
        assertThatThrownBy(() ->
                        JmsClient.connect("amqp://127.0.0.1:" + bed.port(), AmqpBed.aliyunUser("orders"), "d3Jvbmc="))
                .isInstanceOf(JMSSecurityException.class);
        assertThat(bed.refusals.newest(1)).singleElement().satisfies(refusal -> {
            assertThat(refusal.dialect()).isEqualTo("aliyun");
            assertThat(refusal.claimed()).as("what explain --key looks for").isEqualTo(AmqpBed.KEY);
            assertThat(refusal.fields()).containsEntry("consumerGroupId", "orders");
            assertThat(refusal.channel().listener()).isEqualTo("amqp");
            assertThat(refusal.toString()).doesNotContain(AmqpBed.SECRET);
        });
        assertThat(bed.traffic.of("login aliyun wrong_signature")).isEqualTo(1);

        assertThatThrownBy(() ->
                        JmsClient.connect("amqp://127.0.0.1:" + bed.port(), AmqpBed.huaweiUser(), "another-secret"))
                .isInstanceOf(JMSSecurityException.class);
        assertThat(bed.refusals.newest(1).getFirst().claimed()).isEqualTo(AmqpBed.KEY);
    }

    @Test
    void a_group_that_a_login_names_and_nobody_made_fails_the_login() {
        assertThatThrownBy(() -> JmsClient.aliyun(bed, "nobodys")).isInstanceOf(JMSSecurityException.class);
        assertThat(bed.refusals.newest(1).getFirst().cause()).contains("nobodys");
    }

    @Test
    void a_group_that_a_link_names_and_nobody_made_fails_the_link_alone() throws Exception {
        bed.publish(plain, 1);
        try (JmsClient client = JmsClient.huawei(bed)) {
            assertThatThrownBy(() -> client.consumer("nobodys", Session.AUTO_ACKNOWLEDGE))
                    .isInstanceOf(InvalidDestinationException.class)
                    .hasMessageContaining("amqp:not-found");
            assertThat(text(next(client.consumer("orders", Session.AUTO_ACKNOWLEDGE))))
                    .isEqualTo("1");
        }
    }

    @Test
    void nobody_may_send() throws Exception {
        try (JmsClient client = JmsClient.huawei(bed)) {
            Session session = client.connection.createSession();
            assertThatThrownBy(() -> session.createProducer(session.createQueue("orders")))
                    .hasMessageContaining("amqp:not-allowed");
        }
    }

    @Test
    void a_vendors_rules_say_how_many_receivers_a_connection_has() throws Exception {
        try (JmsClient client = JmsClient.aliyun(bed, "orders")) {
            client.consumer("default", Session.AUTO_ACKNOWLEDGE);
            assertThatThrownBy(() -> client.consumer("default", Session.AUTO_ACKNOWLEDGE))
                    .hasMessageContaining("amqp:resource-limit-exceeded");
        }
        try (JmsClient client = JmsClient.huawei(bed)) {
            for (int i = 0; i < 10; i++) {
                client.consumer("orders", Session.AUTO_ACKNOWLEDGE);
            }
            assertThatThrownBy(() -> client.consumer("orders", Session.AUTO_ACKNOWLEDGE))
                    .hasMessageContaining("at most 10 receivers");
        }
    }

    @Test
    void a_full_group_takes_no_further_consumer() throws Exception {
        bed.groups.allow(0);
        try (JmsClient client = JmsClient.huawei(bed)) {
            assertThatThrownBy(() -> client.consumer("orders", Session.AUTO_ACKNOWLEDGE))
                    .hasMessageContaining("amqp:resource-limit-exceeded");
        }
    }

    @Test
    void a_deleted_group_closes_its_links() throws Exception {
        try (JmsClient client = JmsClient.huawei(bed)) {
            MessageConsumer consumer = client.consumer("orders", Session.AUTO_ACKNOWLEDGE);
            bed.groups.delete(plain);
            await().untilAsserted(() -> assertThatThrownBy(() -> consumer.receive(10))
                    .isInstanceOf(IllegalStateException.class)
                    .hasStackTraceContaining("amqp:resource-deleted"));
        }
        await().until(() -> bed.traffic.of("links") == 0);
    }

    @Test
    void a_client_fails_over_to_the_server_that_comes_back() throws Exception {
        String url = "failover:(amqp://127.0.0.1:" + bed.port()
                + "?amqp.idleTimeout=80000)?failover.reconnectDelay=30&failover.initialReconnectDelay=30";
        List<String> seen = new ArrayList<>();
        try (JmsClient client = JmsClient.connect(url, AmqpBed.aliyunUser("orders"), AmqpBed.aliyunPassword())) {
            MessageConsumer consumer = client.consumer("default", Session.CLIENT_ACKNOWLEDGE);
            bed.publish(plain, 2);
            Message first = next(consumer);
            first.acknowledge();
            seen.add(text(first));
            await().until(() -> bed.groups.settlements().size() >= 1);

            bed.restart();

            bed.groups.publish(plain, AmqpBed.event(3, "3"));
            while (!seen.containsAll(List.of("1", "2", "3"))) {
                Message message = next(consumer);
                seen.add(text(message));
                message.acknowledge();
            }
        }
        assertThat(seen).startsWith("1").contains("2", "3");
    }

    @Test
    void connections_and_links_are_counted_down_again() throws Exception {
        try (JmsClient client = JmsClient.huawei(bed)) {
            client.consumer("orders", Session.AUTO_ACKNOWLEDGE);
            assertThat(bed.traffic.of("connections")).isEqualTo(1);
            await().until(() -> bed.traffic.of("links") == 1);
        }
        await().until(() -> bed.traffic.of("connections") == 0 && bed.traffic.of("links") == 0);
        await().until(() -> bed.groups.consumers() == 0);
    }
}
