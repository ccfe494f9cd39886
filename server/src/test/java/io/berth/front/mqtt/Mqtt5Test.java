package io.berth.front.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.berth.core.Payload;
import io.berth.core.message.Downlink;
import io.berth.core.message.MessageProperties;
import io.berth.core.message.Qos;
import io.berth.testing.TestEvents;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What MQTT 5 adds, byte by byte.
final class Mqtt5Test {
    private final MqttBed bed = MqttBed.start();
    private final RawClient client = bed.client();

    @AfterEach
    void stop() {
        client.close();
        bed.close();
    }

    private RawClient.Packet connect(boolean cleanStart, String properties) {
        byte[] bytes = HexFormat.of().parseHex(properties);
        RawClient.Body body = new RawClient.Body()
                .text("MQTT")
                .number1(5)
                .number1(cleanStart ? 0xC2 : 0xC0)
                .number2(60)
                .number1(bytes.length)
                .bytes(bytes)
                .text("c")
                .text("d1")
                .text("right");
        return client.send(RawClient.packet(0x10, body)).receive();
    }

    @Test
    void grants_a_session_as_long_as_the_server_keeps_one() {
        String answer = connect(true, "11ffffffff").hex();
        assertThat(answer).startsWith("00001811" + HexFormat.of().toHexDigits(7 * 86_400));
        assertThat(connectAgain()).startsWith("0100");
    }

    private String connectAgain() {
        client.send("e000");
        assertThat(client.isClosedByServer()).isTrue();
        await().until(() -> !bed.isOnline("d1"));
        try (RawClient again = bed.client()) {
            RawClient.Body body = new RawClient.Body()
                    .text("MQTT")
                    .number1(5)
                    .number1(0xC0)
                    .number2(60)
                    .number1(5)
                    .bytes(HexFormat.of().parseHex("1100000010"))
                    .text("c")
                    .text("d1")
                    .text("right");
            return again.send(RawClient.packet(0x10, body)).receive().hex();
        }
    }

    @Test
    void forgets_the_session_when_the_goodbye_says_so() {
        connect(true, "1100000010");
        client.send("e007 00 05 1100000000");
        assertThat(client.isClosedByServer()).isTrue();
        await().until(() -> bed.store.messagesOf("d1") == -1);
    }

    @ParameterizedTest
    @CsvSource({
        "e007000511000000ff,8200", // a session made lasting at the goodbye
        "f000,8200", // AUTH without a method
        "34060001610001 00,9b00", // QoS 2
        "300600000323ffff,9400", // an alias too large
        "3006000003230001,8200", // an alias never set
        "820900010 20b01 0001 61 00,a100", // a subscription identifier
        "30ffffff7f,9500" // too large
    })
    void says_why_it_closes(String hex, String reason) {
        connect(true, "1100000000");
        client.send(hex);
        assertThat(client.receive().hex()).isEqualTo(reason);
        assertThat(client.isClosedByServer()).isTrue();
    }

    @Test
    void gives_a_reason_for_each_filter() {
        connect(true, "");
        client.send(RawClient.packet(
                0x82,
                new RawClient.Body()
                        .number2(1)
                        .number1(0)
                        .text("a/b")
                        .number1(2)
                        .text("forbidden")
                        .number1(0)
                        .text("$share/g/a")
                        .number1(0)
                        .text("a#")
                        .number1(0)));
        assertThat(client.receive().hex()).isEqualTo("000100" + "01" + "87" + "9e" + "8f");
        client.send(RawClient.packet(
                0xA2, new RawClient.Body().number2(2).number1(0).text("a/b").text("never")));
        assertThat(client.receive().hex()).isEqualTo("000200" + "00" + "11");
    }

    @Test
    void gives_a_reason_for_a_refused_message() {
        connect(true, "");
        client.send("32 08 0003 782f79 0007 00");
        assertThat(client.receive().hex()).isEqualTo("000787");
    }

    @Test
    void knows_a_topic_by_its_alias() {
        connect(true, "");
        client.send("30 0b 0004 75702f61 03 230001 31").send("30 07 0000 03 230001 32");
        assertThat(client.isAlive()).isTrue();
        assertThat(bed.log.texts()).containsExactly("1", "2");
        assertThat(bed.log.messages).allMatch(event -> "up/a".equals(event.topic()));
    }

    @Test
    void passes_on_what_a_message_brings_beside_its_bytes() {
        connect(true, "");
        client.send("30 1f 0004 75702f61 17 08000172 090002ff00 26000161000162 26000161000163 31");
        assertThat(client.isAlive()).isTrue();
        assertThat(bed.log.messages)
                .extracting(event -> TestEvents.origin(event).properties())
                .containsExactly(new MessageProperties(
                        List.of(new MessageProperties.Word("a", "b"), new MessageProperties.Word("a", "c")),
                        "r",
                        Payload.of(new byte[] {(byte) 0xff, 0})));
    }

    @Test
    void sends_what_an_application_gave_beside_the_bytes() {
        connect(true, "");
        MessageProperties beside = new MessageProperties(
                List.of(new MessageProperties.Word("a", "b"), new MessageProperties.Word("a", "键")),
                "r",
                Payload.of(new byte[] {(byte) 0xff, 0}));
        Downlink.Message message = new Downlink.Message("system/x", Qos.AT_MOST_ONCE, Payload.of("1"), beside);

        bed.send("d1", message, new RecordingDelivery());

        assertThat(client.receive().hex())
                .isEqualTo("0008" + "73797374656d2f78" + "19" + "08000172" + "090002ff00" + "26000161000162"
                        + "260001610003e994ae" + "31");
    }

    @Test
    void properties_longer_than_one_octet_can_say_are_sent_too() {
        connect(true, "");
        String word = "w".repeat(200);
        MessageProperties beside = new MessageProperties(List.of(new MessageProperties.Word("a", word)), null, null);

        bed.send(
                "d1",
                new Downlink.Message("system/x", Qos.AT_LEAST_ONCE, Payload.of("1"), beside),
                new RecordingDelivery());

        assertThat(client.receive().hex())
                .startsWith("0008" + "73797374656d2f78" + "0001" + "ce01" + "26000161" + "00c8")
                .endsWith("7731");
    }

    @Test
    void sends_no_more_than_the_client_can_take() {
        connect(true, "210002" + "2700000020");
        for (int i = 0; i < 3; i++) {
            bed.send("d1", "system/x", Qos.AT_LEAST_ONCE, "m" + i);
        }
        RecordingDelivery large = bed.send("d1", "system/x", Qos.AT_LEAST_ONCE, "x".repeat(100));
        int first = client.receive().id();
        client.receive();
        await().until(() -> large.heard.contains(io.berth.core.Problem.UNSUPPORTED));
        assertThat(client.isAlive()).isTrue();
        client.send(RawClient.puback(first));
        assertThat(client.receive().hex()).endsWith("6d32");
    }

    @Test
    void refuses_other_ways_to_authenticate() {
        assertThat(connect(true, "150001 78".replace(" ", "")).hex()).isEqualTo("008c00");
    }
}
