package io.berth.stream.amqp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.berth.core.caller.AccessKeyStore.Used;
import io.berth.core.caller.AccessKeys;
import io.berth.core.caller.Area;
import io.berth.core.caller.KeyUse;
import io.berth.core.caller.Rights;
import io.berth.core.caller.Role;
import io.berth.core.subscription.ConsumerGroup;
import jakarta.jms.JMSException;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Whether an open connection may stay.
final class StandingTest {
    private static final Rights ORDERS_ONLY = new Rights(Role.READER, Set.of("orders"), Set.of());

    private final AmqpBed bed = new AmqpBed();
    private final ConsumerGroup orders = bed.groups.add("orders", "plain");
    private final AccessKeys keys = bed.callers.accessKeys();

    @AfterEach
    void close() {
        bed.close();
    }

    static Stream<Named<Consumer<AccessKeys>>> ends() {
        return Stream.of(
                Named.of("disabled", keys -> keys.enable(AmqpBed.KEY, false)),
                Named.of("deleted", keys -> keys.delete(AmqpBed.KEY)),
                Named.of(
                        "without the right",
                        keys -> keys.changeRights(
                                AmqpBed.KEY, new Rights(Role.OPERATOR, Set.of(), Set.of(Area.DEVICES)))));
    }

    @ParameterizedTest
    @MethodSource("ends")
    void a_key_that_is_not_good_any_more_ends_its_connections(Consumer<AccessKeys> end) throws Exception {
        try (JmsClient client = JmsClient.huawei(bed)) {
            MessageConsumer consumer = client.consumer("orders", Session.AUTO_ACKNOWLEDGE);
            bed.expel();
            bed.publish(orders, 1);
            assertThat(consumer.receive(JmsClient.PATIENCE)).isNotNull();

            end.accept(keys);
            bed.expel();

            await().untilAsserted(() -> assertThatThrownBy(() -> consumer.receive(10))
                    .isInstanceOf(JMSException.class)
                    .hasStackTraceContaining("amqp:unauthorized-access"));
        }
        await().until(() -> bed.traffic.of("links") == 0);
    }

    @Test
    void the_owners_other_key_stays() throws Exception {
        keys.create(AccessKeys.Wanted.by("app", Rights.ALL));
        String second = keys.rotate("app").id();
        try (JmsClient client = JmsClient.huawei(bed)) {
            MessageConsumer consumer = client.consumer("orders", Session.AUTO_ACKNOWLEDGE);
            keys.delete(second);
            bed.expel();
            bed.publish(orders, 1);

            assertThat(consumer.receive(JmsClient.PATIENCE)).isNotNull();
        }
    }

    @Test
    void a_key_limited_to_spaces_reads_the_groups_within_them_alone() throws Exception {
        bed.groups.add("invoices", "plain");
        keys.changeRights(AmqpBed.KEY, ORDERS_ONLY);
        bed.publish(orders, 1);
        try (JmsClient client = JmsClient.huawei(bed)) {
            assertThat(client.consumer("orders", Session.AUTO_ACKNOWLEDGE).receive(JmsClient.PATIENCE))
                    .isNotNull();
            assertThatThrownBy(() -> client.consumer("invoices", Session.AUTO_ACKNOWLEDGE))
                    .hasStackTraceContaining("amqp:not-found");
        }
        assertThatThrownBy(() -> JmsClient.aliyun(bed, "invoices")).isInstanceOf(JMSException.class);
        assertThat(bed.refusals.newest(1).getFirst().cause()).contains("invoices");
    }

    @Test
    void a_link_to_a_group_that_got_out_of_reach_ends_and_the_connection_stays() throws Exception {
        bed.groups.add("invoices", "plain");
        try (JmsClient client = JmsClient.huawei(bed)) {
            MessageConsumer invoices = client.consumer("invoices", Session.AUTO_ACKNOWLEDGE);
            MessageConsumer consumer = client.consumer("orders", Session.AUTO_ACKNOWLEDGE);
            keys.changeRights(AmqpBed.KEY, ORDERS_ONLY);
            bed.expel();

            await().untilAsserted(() ->
                    assertThatThrownBy(() -> invoices.receive(10)).hasStackTraceContaining("amqp:resource-deleted"));
            bed.publish(orders, 1);
            assertThat(consumer.receive(JmsClient.PATIENCE)).isNotNull();
        }
    }

    @Test
    void a_login_is_the_last_use_of_its_key() throws Exception {
        JmsClient.aliyun(bed, "orders").close();

        assertThat(keys.list())
                .extracting(Used::lastUse)
                .extracting(Objects::requireNonNull)
                .extracting(KeyUse::address, KeyUse::api)
                .containsExactly(tuple("127.0.0.1", "amqp"));
    }
}
