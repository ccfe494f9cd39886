package io.berth.dialect.aliyun.device;

import static io.berth.dialect.aliyun.device.AliyunCoapBed.SEQUENCE;
import static io.berth.dialect.aliyun.device.AliyunCoapBed.SIGNED;
import static io.berth.dialect.aliyun.device.AliyunCoapBed.TOKEN;
import static io.berth.dialect.aliyun.device.AliyunCoapBed.TOKEN_OF_THE_SDK;
import static io.berth.dialect.aliyun.device.AliyunCoapBed.TOPIC;
import static io.berth.dialect.aliyun.device.AliyunCoapBed.rightLogin;
import static org.assertj.core.api.Assertions.assertThat;

import io.berth.core.Payload;
import io.berth.core.login.LoginFault;
import io.berth.dialect.CoapCode;
import io.berth.dialect.CoapVerdict;
import io.berth.dialect.aliyun.device.AliyunCoapBed.Given;
import java.time.Duration;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `/topic`: the rules of spec aliyun-device 3.1 and 3.3.
final class AliyunCoapTest {
    private final AliyunCoapBed bed = new AliyunCoapBed();

    @Test
    void what_a_device_says_is_decrypted_and_numbered() {
        Given given = bed.logsIn();

        CoapVerdict.Message message = (CoapVerdict.Message) bed.verdict(
                given.says("{\"id\":\"1\"}", given.seqOffset()).formats(50, 42).withUnknownCriticalOption());

        assertThat(message.payload().text()).isEqualTo("{\"id\":\"1\"}");
        assertThat(message.device().id().name()).isEqualTo("dev1");
        assertThat(message.taken().options()).singleElement().satisfies(option -> {
            assertThat(option.number()).isEqualTo(2090);
            assertThat(option.value().text()).matches("[0-9]{10,19}");
        });
        assertThat(message.taken().payload().size()).isZero();
    }

    @Test
    void the_token_may_come_as_the_sdk_sends_it_or_in_the_query() {
        Given given = bed.logsIn();
        Payload said = given.encrypted(Payload.of("x"));
        Payload two = given.encrypted(Payload.of("2"));

        assertThat(bed.said(CoapAsk.post(TOPIC, said)
                        .with(TOKEN_OF_THE_SDK, Payload.of(given.token()))
                        .with(SEQUENCE, given.encrypted(Payload.of("1")))))
                .isEqualTo("x");
        assertThat(bed.said(CoapAsk.post(TOPIC, said)
                        .asking("token", given.token())
                        .asking("seq", HexFormat.of().formatHex(two.toBytes()))))
                .isEqualTo("x");
        assertThat(bed.said(given.says("y", 3).asking("token", "another"))).isEqualTo("y");
        assertThat(bed.code(
                        CoapAsk.post(TOPIC, said).asking("token", given.token()).asking("seq", "4")))
                .as("a number in clear proves nothing")
                .isEqualTo(CoapCode.UNAUTHORIZED);
    }

    @Test
    void each_number_counts_once() {
        Given given = bed.logsIn();

        assertThat(bed.said(given.says("one", 1))).isEqualTo("one");
        assertThat(bed.code(given.says("again", 1))).isEqualTo(CoapCode.UNAUTHORIZED);
        assertThat(bed.failure(given.says("again", 1)).fault()).isEqualTo(LoginFault.REPLAYED);
        assertThat(bed.said(given.says("later", 3))).isEqualTo("later");
        assertThat(bed.said(given.says("late", 2))).isEqualTo("late");
        assertThat(bed.code(given.says("before", 0))).isEqualTo(CoapCode.UNAUTHORIZED);
    }

    @Test
    void a_number_is_used_up_by_a_payload_that_cannot_be_read() {
        Given given = bed.logsIn();
        CoapAsk garbled = CoapAsk.post(TOPIC, "0123456789abcdef")
                .with(TOKEN, Payload.of(given.token()))
                .with(SEQUENCE, given.encrypted(Payload.of("1")));

        assertThat(bed.code(garbled)).isEqualTo(CoapCode.BAD_REQUEST);
        assertThat(bed.code(given.says("one", 1))).isEqualTo(CoapCode.UNAUTHORIZED);
    }

    @Test
    void a_token_outlives_the_process_that_issued_it() {
        Given given = bed.logsIn();
        bed.said(given.says("one", 1));
        bed.coap = bed.coap(1000);

        assertThat(bed.said(given.says("seven", 7))).isEqualTo("seven");
        assertThat(bed.code(given.says("six", 6)))
                .as("older than the first heard")
                .isEqualTo(CoapCode.UNAUTHORIZED);
        assertThat(bed.said(given.says("eight", 8))).isEqualTo("eight");
    }

    @Test
    void a_token_goes_on_when_too_many_others_pushed_it_out_of_memory() {
        bed.coap = bed.coap(2);
        Given given = bed.logsIn();
        for (int i = 0; i < 4; i++) {
            bed.clock.advance(Duration.ofSeconds(1));
            bed.logsIn();
        }

        assertThat(bed.said(given.says("hello", 5))).isEqualTo("hello");
    }

    @Test
    void an_expired_or_forged_token_means_a_new_login() {
        Given given = bed.logsIn();
        bed.clock.advance(Duration.ofDays(7));

        assertThat(bed.code(given.says("late", 1))).isEqualTo(CoapCode.UNAUTHORIZED);
        assertThat(bed.failure(given.says("late", 1)).fault()).isEqualTo(LoginFault.TOKEN_EXPIRED);
        assertThat(bed.code(CoapAsk.post(TOPIC, "x").with(TOKEN, Payload.of("forged"))))
                .isEqualTo(CoapCode.UNAUTHORIZED);
        assertThat(bed.code(CoapAsk.post(TOPIC, "x"))).isEqualTo(CoapCode.UNAUTHORIZED);
    }

    @Test
    void a_token_that_anyone_can_hear_is_no_good_through_dtls() {
        Given clear = bed.logsIn();
        Given secure = bed.logsIn(CoapAsk.post("auth", rightLogin("", SIGNED)).throughDtls());

        assertThat(bed.code(CoapAsk.post(TOPIC, "x")
                        .with(TOKEN, Payload.of(clear.token()))
                        .throughDtls()))
                .isEqualTo(CoapCode.UNAUTHORIZED);
        assertThat(secure.random()).isEmpty();
        assertThat(bed.said(CoapAsk.post(TOPIC, "in clear")
                        .with(TOKEN, Payload.of(secure.token()))
                        .throughDtls()))
                .isEqualTo("in clear");
    }

    @Test
    void a_device_that_asked_for_it_is_answered_apart_from_the_acknowledgement() {
        String signed = "ackMode1" + SIGNED;
        Given given = bed.logsIn(CoapAsk.post("auth", rightLogin(",\"ackMode\":1", signed)));

        CoapVerdict.Message message = (CoapVerdict.Message) bed.verdict(given.says("x", 1));

        assertThat(message.taken().separate()).isTrue();
        assertThat(given.token()).hasSizeLessThanOrEqualTo(192);
    }

    @ParameterizedTest
    @CsvSource({
        "topic/a1pk/dev1/user/get, FORBIDDEN",
        "topic/a1pk/off/user/update, FORBIDDEN",
        "topic/sys/a1pk/sub1/thing/event/property/post, FORBIDDEN",
        "topic/a1pk/+/user/update, NOT_FOUND",
        "topic/a1pk//user/update, NOT_FOUND",
        "topic/a1pk/../dev1/user/update, FORBIDDEN"
    })
    void a_device_may_publish_its_own_topics_only(String path, CoapCode code) {
        Given given = bed.logsIn();
        CoapAsk request = CoapAsk.post(path, given.encrypted(Payload.of("x")))
                .with(TOKEN, Payload.of(given.token()))
                .with(SEQUENCE, given.encrypted(Payload.of("1")));

        assertThat(bed.code(request)).isEqualTo(code);
    }
}
