package io.berth.front.coap;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.berth.core.Payload;
import io.berth.dialect.CoapOption;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MessageTest {
    @Test
    void reads_what_it_writes_whatever_the_lengths() {
        for (int length : new int[] {0, 1, 12, 13, 268, 269, 1000}) {
            for (int number : new int[] {1, 12, 13, 268, 269, 2089, 65_000}) {
                Message message = new Message(
                        Message.Type.NON_CONFIRMABLE,
                        69,
                        0xabcd,
                        Payload.of("12345678"),
                        List.of(
                                new CoapOption(number, Payload.of("x".repeat(length))),
                                CoapOption.number(number, 300),
                                CoapOption.number(number + 5, 0)),
                        Payload.of("body"));

                assertThat(Message.read(message.bytes())).isEqualTo(message);
            }
        }
    }

    @Test
    void reads_the_example_of_the_standard() {
        // RFC 7252 appendix A, figure 16
        Message get = requireNonNull(Message.read(HexFormat.of().parseHex("40017d34bb74656d7065726174757265")));
        Message answer = requireNonNull(Message.read(HexFormat.of().parseHex("60457d34ff32322e332043")));

        assertThat(get.isRequest()).isTrue();
        assertThat(get.options()).containsExactly(CoapOption.text(Options.URI_PATH, "temperature"));
        assertThat(answer.payload().text()).isEqualTo("22.3 C");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "40",
                "400100",
                "80010001",
                "00010001", // no head, or of no version
                "49010001aabbccddeeff001122", // a token of nine
                "42010001aa", // a token cut short
                "40000001ff", // empty with something behind it
                "40010001ff", // a marker and nothing behind it
                "40010001f0",
                "400100010f", // reserved nibbles
                "40010001bb74656d", // an option cut short
                "40010001d0",
                "40010001e001",
                "400100010d",
                "400100010e01" // lengths cut short
            })
    void what_is_no_message_is_none(String hex) {
        assertThat(Message.read(HexFormat.of().parseHex(hex))).isNull();
    }

    @Test
    void no_bytes_do_harm() {
        Random random = new Random(20);
        for (int i = 0; i < 200_000; i++) {
            byte[] bytes = new byte[random.nextInt(40)];
            random.nextBytes(bytes);
            if (bytes.length > 0) {
                bytes[0] = (byte) ((bytes[0] & 0x3f) | 0x40);
            }
            Message message = Message.read(bytes);
            if (message != null) {
                assertThat(Message.read(message.bytes())).isEqualTo(message);
            }
            Message rejection = Message.rejection(bytes);
            assertThat(rejection == null || rejection.bytes().length == 4).isTrue();
        }
    }
}
