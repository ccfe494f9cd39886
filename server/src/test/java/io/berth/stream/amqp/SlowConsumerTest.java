package io.berth.stream.amqp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.berth.core.subscription.ConsumerGroup;
import io.berth.stream.amqp.AmqpConfig.LinkLimits;
import io.berth.stream.group.Consumer.Settlement;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;
import java.time.Duration;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Whoever takes without acknowledging, or does not even read, costs a bounded part of memory and of the group.
final class SlowConsumerTest {
    private static final int UNACKNOWLEDGED = 100;

    private final AmqpBed bed = new AmqpBed(SlowConsumerTest::narrow, null);
    private final ConsumerGroup plain = bed.groups.add("orders", "plain");

    private static AmqpConfig narrow(AmqpConfig config) {
        return new AmqpConfig(
                1,
                100,
                100,
                4096,
                4,
                0,
                config.timeouts(),
                new AmqpConfig.Idle(Duration.ofSeconds(3), Duration.ofSeconds(300), false),
                new LinkLimits(Duration.ofSeconds(30), UNACKNOWLEDGED, 16, 65_536));
    }

    @AfterEach
    void close() {
        bed.close();
    }

    @Test
    void a_consumer_that_never_acknowledges_gets_no_more_than_the_limit() throws Exception {
        bed.publish(plain, 500);
        try (JmsClient client = JmsClient.aliyun(bed, "orders")) {
            MessageConsumer consumer = client.consumer("default", Session.CLIENT_ACKNOWLEDGE);
            for (int i = 1; i < UNACKNOWLEDGED; i++) {
                assertThat(consumer.receive(JmsClient.PATIENCE)).isNotNull();
            }
            Message last = Objects.requireNonNull(consumer.receive(JmsClient.PATIENCE));
            assertThat(consumer.receive(300)).isNull();
            assertThat(bed.groups.handedOut()).isEqualTo(UNACKNOWLEDGED);
            assertThat(bed.groups.waiting(plain)).isEqualTo(400);

            last.acknowledge();
            assertThat(consumer.receive(JmsClient.PATIENCE)).isNotNull();
        }
    }

    @Test
    void a_consumer_that_does_not_read_is_left_and_what_it_had_goes_to_others() throws Exception {
        int events = 300;
        String large = "x".repeat(100_000);
        for (int i = 1; i <= events; i++) {
            bed.groups.publish(plain, AmqpBed.event(i, large));
        }
        try (RawAmqp deaf = RawAmqp.narrow(bed.port())) {
            deaf.login(AmqpBed.aliyunUser("orders"), AmqpBed.aliyunPassword()).begin();
            deaf.attach("orders").credit(1000);
            await().until(() -> bed.groups.handedOut() > 0);

            // its idle time is over before it has read what the sockets hold
            await().until(() -> bed.traffic.of("dropped idle") == 1);
            assertThat(bed.groups.handedOut()).isLessThan(UNACKNOWLEDGED);
            await().until(() -> bed.groups.consumers() == 0);
        }

        Set<String> seen = new HashSet<>();
        try (JmsClient client = JmsClient.aliyun(bed, "orders")) {
            MessageConsumer consumer = client.consumer("default", Session.AUTO_ACKNOWLEDGE);
            while (seen.size() < events) {
                Message message = Objects.requireNonNull(consumer.receive(JmsClient.PATIENCE), "after " + seen.size());
                seen.add(message.getStringProperty("messageId"));
            }
        }
        await().until(() -> bed.groups.settlements().size() == events);
        assertThat(bed.groups.settlements()).containsOnly(Settlement.ACCEPTED);
    }

    @Test
    void a_silent_client_is_kept_alive_by_empty_frames_and_left_when_it_sends_none() throws Exception {
        try (RawAmqp silent = RawAmqp.open(bed.port());
                JmsClient alive = JmsClient.connect(
                        "amqp://127.0.0.1:" + bed.port() + "?amqp.idleTimeout=8000",
                        AmqpBed.aliyunUser("orders"),
                        AmqpBed.aliyunPassword())) {
            MessageConsumer consumer = alive.consumer("default", Session.AUTO_ACKNOWLEDGE);
            silent.login(AmqpBed.aliyunUser("orders"), AmqpBed.aliyunPassword()).begin();
            silent.attach("orders");

            await().until(() -> bed.traffic.of("dropped idle") == 1);
            bed.publish(plain, 1);
            assertThat(consumer.receive(JmsClient.PATIENCE))
                    .as("the one that sends empty frames")
                    .isNotNull();
        }
    }
}
