package io.berth.stream.amqp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.berth.core.subscription.ConsumerGroup;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Whoever speaks wrongly loses its own connection, and a bystander hears nothing of it.
final class BadInputTest {
    private final AmqpBed bed = new AmqpBed(BadInputTest::narrow, null);
    private final ConsumerGroup plain = bed.groups.add("orders", "plain");
    private JmsClient bystander;
    private MessageConsumer consumer;

    private static AmqpConfig narrow(AmqpConfig config) {
        AmqpConfig.Timeouts usual = config.timeouts();
        return new AmqpConfig(
                1,
                20,
                5,
                8192,
                config.maxSessions(),
                0,
                new AmqpConfig.Timeouts(usual.login(), usual.link(), Duration.ofMillis(300)),
                config.idle(),
                config.link());
    }

    @BeforeEach
    void connect() throws Exception {
        bystander = JmsClient.huawei(bed);
        consumer = bystander.consumer("orders", Session.AUTO_ACKNOWLEDGE);
    }

    @AfterEach
    void the_bystander_is_unharmed() throws Exception {
        await().until(() -> bed.traffic.of("connections") == 1);
        bed.groups.publish(plain, AmqpBed.event(99, "still here"));
        assertThat(consumer.receive(JmsClient.PATIENCE)).isNotNull();
        bystander.close();
        bed.close();
    }

    private RawAmqp loggedIn() throws IOException {
        return RawAmqp.open(bed.port()).login(AmqpBed.huaweiUser(), AmqpBed.SECRET);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                RawAmqp.AMQP, // no SASL at all
                "414d515000090100", // AMQP 0-9-1
                "4745542f20485454", // GET / HTTP
                "16030100ca010000", // TLS on the clear port
                "0000000000000000"
            })
    void another_protocol_is_told_which_is_spoken(String header) throws IOException {
        try (RawAmqp client = RawAmqp.open(bed.port())) {
            client.send(header);
            assertThat(HexFormat.of().formatHex(client.awaitClosed())).isEqualTo(RawAmqp.SASL);
        }
        assertThat(bed.traffic.of("dropped no SASL")).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"ANONYMOUS, x", "EXTERNAL, x", "PLAIN, no-nul-in-it", "PLAIN, ''"})
    void anything_but_plain_is_refused(String mechanism, String response) throws IOException {
        try (RawAmqp client = RawAmqp.open(bed.port()).send(RawAmqp.SASL)) {
            client.expectHeader(RawAmqp.SASL);
            assertThat(client.receive().text()).endsWith("PLAIN").doesNotContain("ANONYMOUS");
            client.init(mechanism, response);
            assertThat(HexFormat.of().formatHex(client.receive().body().toBytes()))
                    .as("outcome: auth")
                    .isEqualTo("005344c003015001");
            assertThat(client.awaitClosed()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "7fffffff02010000", // two gigabytes
                "0000000302010000", // shorter than itself
                "0000000c0201000001020304", // no described type
                "000000080f010000", // its body begins behind its end
                "0000000d02010000005341c0ff", // ends within its list
                "0000001502010000005341c00802a3ff504c41494e", // a name longer than the frame
                "0000000c0200000000531045" // AMQP before the login
            })
    void a_broken_login_frame_ends_the_connection(String frame) throws IOException {
        try (RawAmqp client = RawAmqp.open(bed.port()).send(RawAmqp.SASL)) {
            client.expectHeader(RawAmqp.SASL);
            client.receive();
            client.send(frame);
            assertThat(client.awaitClosed()).isEmpty();
        }
        assertThat(bed.traffic.of("dropped malformed bytes")).isEqualTo(1);
    }

    @Test
    void a_client_may_speak_before_it_is_welcomed() throws Exception {
        try (RawAmqp client = RawAmqp.open(bed.port())) {
            client.send(RawAmqp.SASL).init("PLAIN", "\0" + AmqpBed.huaweiUser() + "\0" + AmqpBed.SECRET);
            client.send(RawAmqp.AMQP).frame("005310c00601a103726177");
            client.expectHeader(RawAmqp.SASL);
            client.receive();
            assertThat(client.receive().text()).endsWith("P\0");
            client.expectHeader(RawAmqp.AMQP);
            assertThat(client.receive().code()).isEqualTo(0x10);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "7fffffff02000000", // far over max-frame-size
                "0000200102000000", // one byte over it
                "0000000702000000", // too short to be one
                "0000000a02070000ffff", // of no known type
                "000000100200000000531ac0ffff0000", // a list that ends nowhere
                "0000000c0200000000531445", // a transfer in no session
                "0000000c02000000005312c0" // an attach in no session, cut
            })
    void a_broken_frame_ends_the_connection(String frame) throws IOException {
        try (RawAmqp client = loggedIn().send(RawAmqp.AMQP)) {
            client.expectHeader(RawAmqp.AMQP);
            client.frame("005310c00601a103726177");
            client.receive(0x10);
            client.send(frame);
            client.awaitClosed();
        }
        await().until(() -> bed.traffic.of("dropped malformed bytes") == 1);
    }

    @Test
    void deeply_nested_lists_end_the_connection() throws IOException {
        byte[] nested = new byte[8000];
        for (int i = 0; i + 9 < nested.length; i += 9) {
            nested[i] = (byte) 0xd0;
            int rest = nested.length - i - 5;
            nested[i + 3] = (byte) (rest >> 8);
            nested[i + 4] = (byte) rest;
            nested[i + 8] = 1;
        }
        try (RawAmqp client = loggedIn().send(RawAmqp.AMQP)) {
            client.expectHeader(RawAmqp.AMQP);
            client.frame(0, nested);
            client.awaitClosed();
        }
    }

    @Test
    void noise_ends_the_connection() throws IOException {
        Random random = new Random(4);
        for (int round = 0; round < 20; round++) {
            byte[] noise = new byte[200];
            random.nextBytes(noise);
            try (RawAmqp client = loggedIn().send(RawAmqp.AMQP)) {
                client.expectHeader(RawAmqp.AMQP);
                client.send(noise);
                client.awaitClosed();
            }
        }
    }

    @Test
    void too_many_sessions_end_the_connection() throws IOException {
        try (RawAmqp client = loggedIn().begin()) {
            for (int channel = 1; channel <= 16; channel++) {
                client.send("000000170200%04x005311c00a04404370000007ff5205".formatted(channel));
            }
            assertThat(new String(client.awaitClosed(), StandardCharsets.ISO_8859_1))
                    .contains("amqp:connection:framing-error");
        }
    }

    @Test
    void a_frame_limit_nobody_may_have_is_refused() throws IOException {
        try (RawAmqp client = loggedIn().send(RawAmqp.AMQP)) {
            client.expectHeader(RawAmqp.AMQP);
            client.frame("005310c00903a10372617740520a"); // open: max-frame-size 10
            assertThat(client.awaitClosed()).isEmpty();
        }
    }

    @Test
    void more_connections_than_may_wait_are_turned_away() throws Exception {
        RawAmqp[] waiting = new RawAmqp[5];
        for (int i = 0; i < waiting.length; i++) {
            waiting[i] = RawAmqp.open(bed.port());
            waiting[i].send(RawAmqp.SASL).expectHeader(RawAmqp.SASL);
        }
        try (RawAmqp surplus = RawAmqp.open(bed.port())) {
            assertThat(surplus.awaitClosed()).isEmpty();
        }
        assertThat(bed.traffic.of("dropped too many connections")).isEqualTo(1);
        for (RawAmqp client : waiting) {
            client.close();
        }
    }
}
