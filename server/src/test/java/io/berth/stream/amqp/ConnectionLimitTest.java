package io.berth.stream.amqp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import jakarta.jms.JMSException;
import jakarta.jms.Session;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// How many connections a client may have: those above are refused, and the others unharmed.
final class ConnectionLimitTest {
    /// Spec huawei-iotda 8.1: connections of one credential.
    private static final int MOST = 32;

    private final AmqpBed bed = new AmqpBed();

    @BeforeEach
    void makeGroup() {
        bed.groups.add("orders", "plain");
    }

    @AfterEach
    void close() {
        bed.close();
    }

    @Test
    void a_credential_has_so_many_connections_at_a_time() throws Exception {
        List<JmsClient> clients = new ArrayList<>();
        try {
            for (int i = 0; i < MOST; i++) {
                clients.add(JmsClient.huawei(bed));
            }
            assertThatThrownBy(() -> JmsClient.huawei(bed)).isInstanceOf(JMSException.class);
            assertThat(bed.refusals.newest(1).getFirst().cause()).contains(MOST + " connections");
            clients.add(JmsClient.aliyun(bed, "orders")); // another client of the same key

            clients.removeFirst().close();
            await().atMost(Duration.ofSeconds(30))
                    .ignoreExceptionsInstanceOf(JMSException.class)
                    .untilAsserted(() -> clients.add(JmsClient.huawei(bed)));
        } finally {
            for (JmsClient client : clients) {
                client.close();
            }
        }
    }

    @Test
    void logins_at_the_same_moment_count_too() throws Exception {
        Queue<JmsClient> clients = new ConcurrentLinkedQueue<>();
        try {
            try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
                for (int i = 0; i < MOST + 8; i++) {
                    var _ = threads.submit(() -> clients.add(JmsClient.huawei(bed)));
                }
            }
            int served = 0;
            for (JmsClient client : clients) {
                try {
                    client.consumer("orders", Session.AUTO_ACKNOWLEDGE);
                    served++;
                } catch (JMSException e) {
                    assertThat(e).hasMessageContaining("at most " + MOST + " connections");
                }
            }
            assertThat(served).isEqualTo(MOST);
        } finally {
            for (JmsClient client : clients) {
                client.close();
            }
        }
    }
}
