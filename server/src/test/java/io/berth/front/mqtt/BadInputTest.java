package io.berth.front.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Whatever one connection sends, the others go on.
final class BadInputTest {
    private static final MqttBed BED = MqttBed.with().allListeners().start();
    private final RawClient bystander = BED.client();

    @BeforeEach
    void bystander_comes() {
        bystander.login("bystander");
    }

    @AfterEach
    void bystander_is_unharmed() {
        assertThat(bystander.isAlive()).isTrue();
        bystander.close();
    }

    @AfterAll
    static void stop() {
        BED.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "300700017561626364", // PUBLISH first
                "c000", // PINGREQ first
                "ff00", // no such packet
                "00", // reserved type
                "10ffffffffff", // length of five digits
                "1000", // empty CONNECT
                "110c00044d5154540402003c000161", // reserved flags of CONNECT
                "100d00044d5154540403003c000161", // reserved bit of the connect flags
                "100c00034d5154540402003c000161", // protocol name cut
                "100d00044d51545404c2003c0001ff", // client id that is not UTF-8
                "100e00044d51545404c2003c00020061", // NUL in the client id, flags without fields
                "160301ffff0101", // TLS that breaks off is closed by the timeout, garbage at once
                "474554202f20485454502f312e310d0a0d0a" // HTTP where none is spoken
            })
    void closes_what_is_no_login(String hex) throws IOException {
        try (RawClient client = BED.client()) {
            client.send(hex);
            client.socket().shutdownOutput();
            assertThat(client.isClosedByServer()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "100c00044d5154540402003c0000", // second CONNECT
                "20020000", // CONNACK
                "d000", // PINGRESP
                "90030001 00", // SUBACK
                "5002 0001", // PUBREC
                "7002 0001", // PUBCOMP
                "f000", // AUTH before MQTT 5
                "36 05 0001 61 0001", // QoS 3
                "30 03 0001 2b", // wildcard in a topic
                "30 03 0001 00", // NUL in a topic
                "30 03 0001 ff", // topic that is not UTF-8
                "30 05 0003 eda080", // a lone surrogate
                "30 02 0000", // empty topic
                "32 05 0001 61 0000", // packet id 0
                "80 06 0001 0001 61 00", // SUBSCRIBE with wrong flags
                "82 02 0001", // SUBSCRIBE of nothing
                "82 06 0001 0001 61 03", // SUBSCRIBE with QoS 3
                "a2 02 0001", // UNSUBSCRIBE of nothing
                "c1 00", // PINGREQ with flags
                "c0 01 00" // PINGREQ with content
            })
    void closes_a_session_that_breaks_the_protocol(String hex) {
        try (RawClient client = BED.client().login("d1")) {
            client.send(hex);
            assertThat(client.isClosedByServer()).isTrue();
        }
        await().until(() -> !BED.isOnline("d1"));
        assertThat(BED.log.statusTexts()).anyMatch(text -> text.contains("protocol-error"));
    }

    @Test
    void closes_on_a_packet_larger_than_allowed_before_it_is_there() {
        try (RawClient client = BED.client().login("d1")) {
            client.send("30 ffffff7f 0004 75702f61");
            assertThat(client.isClosedByServer()).isTrue();
        }
    }

    @Test
    void takes_a_packet_of_nearly_the_largest_size() {
        try (RawClient client = BED.client().login("d1")) {
            client.send(RawClient.publish("up/a", 1, 5, "x".repeat(1024 * 1024 - 100)));
            assertThat(client.receive().id()).isEqualTo(5);
        }
    }

    @Test
    void takes_packets_cut_and_joined_anywhere() {
        byte[] connect = RawClient.connect("MQTT", 4, 0xC2, 60, "c", "d1", "right");
        byte[] publish = RawClient.publish("up/a", 1, 5, "hello");
        try (RawClient client = BED.client()) {
            for (byte one : connect) {
                client.send(new byte[] {one});
            }
            assertThat(client.receive().hex()).isEqualTo("0000");
            byte[] three = new byte[publish.length * 3];
            for (int i = 0; i < 3; i++) {
                System.arraycopy(publish, 0, three, i * publish.length, publish.length);
            }
            client.send(three);
            client.receive();
            client.receive();
            assertThat(client.receive().id()).isEqualTo(5);
        }
    }

    @Test
    void refuses_a_client_id_of_64_kilobytes_and_survives_a_connect_of_a_megabyte() {
        try (RawClient client = BED.client()) {
            client.send(RawClient.connect("MQTT", 4, 0xC2, 60, "x".repeat(65_535), "not a device", "right"));
            assertThat(client.receive().hex()).isEqualTo("0004");
            await().untilAsserted(() -> assertThat(BED.refusals.all)
                    .filteredOn(refusal -> refusal.claimed().startsWith("not a device"))
                    .isNotEmpty()
                    .allMatch(refusal -> refusal.claimed().length() <= 128));
        }
        try (RawClient client = BED.client()) {
            RawClient.Body body =
                    new RawClient.Body().text("MQTT").number1(4).number1(2).number2(60);
            body.number2(65_535).bytes("x".repeat(1_000_000).getBytes(StandardCharsets.UTF_8));
            assertThatThrownBy(() -> {
                        client.send(RawClient.packet(0x10, body));
                        client.receive();
                    })
                    .isInstanceOf(UncheckedIOException.class);
        }
    }

    @Test
    void closes_a_password_without_a_user_name() {
        try (RawClient client = BED.client()) {
            RawClient.Body body = new RawClient.Body()
                    .text("MQTT")
                    .number1(4)
                    .number1(0x42)
                    .number2(60)
                    .text("c")
                    .text("right");
            client.send(RawClient.packet(0x10, body));
            assertThat(client.isClosedByServer()).isTrue();
        }
    }

    @Test
    void closes_whoever_sends_a_login_too_slowly() {
        try (MqttBed fast = MqttBed.with()
                        .allListeners()
                        .second(Duration.ofMillis(20))
                        .start();
                RawClient client = fast.client();
                RawClient silent = fast.client();
                RawClient slowTls = RawClient.open(fast.port("mqtts"))) {
            slowTls.send("160301");
            byte[] connect = RawClient.connect("MQTT", 4, 0xC2, 60, "x".repeat(60_000), "d1", "right");
            AtomicInteger next = new AtomicInteger();
            await().pollInterval(Duration.ofMillis(10)).until(() -> {
                try {
                    client.send(new byte[] {connect[next.getAndIncrement()]});
                } catch (UncheckedIOException _) {
                    // closed, as it should be
                }
                return fast.traffic.count("dropped connect timeout") == 3;
            });
            assertThat(silent.isClosedByServer()).isTrue();
            assertThat(slowTls.isClosedByServer()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET / HTTP/1.1\r\n\r\n", "GET nonsense\r\n\r\n", "GARBAGE"})
    void closes_what_is_no_websocket(String request) throws IOException {
        try (RawClient client = RawClient.open(BED.port("https"))) {
            client.send(request.getBytes(StandardCharsets.US_ASCII));
            client.socket().shutdownOutput();
            assertThat(client.isClosedByServer()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "8185 00000000 68656c6c6f", // a text frame
                "8205 68656c6c6f", // not masked
                "f2 80 00000000", // reserved bits
                "82ff 7fffffffffffffff 00000000", // a frame of 2^63 bytes
                "8285 00000000 ffffffffff" // a frame of garbage
            })
    void closes_a_websocket_that_carries_nonsense(String hex) throws IOException {
        try (RawClient client = RawClient.open(BED.port("https"))) {
            String request = """
                    GET /any HTTP/1.1
                    Host: x
                    Upgrade: websocket
                    Connection: Upgrade
                    Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==
                    Sec-WebSocket-Version: 13

                    """;
            client.send(request.replace("\n", "\r\n").getBytes(StandardCharsets.US_ASCII));
            byte[] answer = client.socket().getInputStream().readNBytes(12);
            assertThat(new String(answer, StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 101");
            client.send(hex);
            assertThat(client.isClosedByServer()).isTrue();
        }
    }

    @Test
    void closes_clear_mqtt_on_a_tls_listener() {
        try (RawClient client = RawClient.open(BED.port("mqtts"))) {
            client.send(RawClient.connect("MQTT", 4, 0xC2, 60, "c", "d1", "right"));
            assertThat(client.isClosedByServer()).isTrue();
        }
    }
}
