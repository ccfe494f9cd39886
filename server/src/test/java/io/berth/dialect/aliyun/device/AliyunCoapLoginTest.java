package io.berth.dialect.aliyun.device;

import static io.berth.dialect.aliyun.device.AliyunCoapBed.SIGNED;
import static io.berth.dialect.aliyun.device.AliyunCoapBed.TOPIC;
import static io.berth.dialect.aliyun.device.AliyunCoapBed.login;
import static io.berth.dialect.aliyun.device.AliyunCoapBed.rightLogin;
import static io.berth.dialect.aliyun.device.AliyunCoapBed.text;
import static io.berth.dialect.aliyun.device.AliyunFleet.SECRET;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.berth.core.Payload;
import io.berth.core.credential.Hmac;
import io.berth.core.credential.Secret;
import io.berth.core.login.LoginFault;
import io.berth.dialect.CoapAnswer;
import io.berth.dialect.CoapCode;
import io.berth.dialect.aliyun.device.AliyunCoapBed.Given;
import java.io.ByteArrayOutputStream;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.dataformat.cbor.CBORFactory;

/// `/auth`: vectors V8 and V8b of spec aliyun-device 10, and the rules of 3.1 and 3.3.
final class AliyunCoapLoginTest {
    private final AliyunCoapBed bed = new AliyunCoapBed();

    @ParameterizedTest
    @CsvSource({
        "'', 1D7D601950212D5B2EF4EE124FB7B904",
        "',\"timestamp\":\"1524448722000\"', 09B7A797069289B112F579703FACE962",
        "',\"version\":\"1.0\",\"resources\":{\"a\":1}', 1D7D601950212D5B2EF4EE124FB7B904"
    })
    void takes_the_signatures_of_the_manual(String more, String sign) {
        assertThat(bed.code(CoapAsk.post("auth", login("dev1", sign, more)).formats(50, 50)))
                .isEqualTo(CoapCode.CONTENT);
    }

    @Test
    void takes_the_login_the_c_sdk_sends() {
        String body = "{\"productKey\":\"a1pk\",\"deviceName\":\"dev1\",\"clientId\":\"a1pk.dev1\","
                + "\"sign\":\"669dd23b88e61d54c4ce90df16bb3976\",\"seq\":\"4280\"}";

        Given given = bed.logsIn(CoapAsk.post("auth", body).formats(50, 50));

        assertThat(given.token()).hasSizeBetween(20, 192);
        assertThat(given.random()).hasSizeBetween(8, 32);
        assertThat(given.seqOffset()).isEqualTo(1);
    }

    @Test
    void a_key_is_made_of_secret_and_random_as_in_the_manual() {
        AliyunCoapCipher cipher = new AliyunCoapCipher(new Secret(SECRET), "8fe3c8d50e10aabb");

        assertThat(cipher.decrypted(hex("6118bee149157379dfd6325d72377b3f"))).hasValue(Payload.of("{\"id\":\"1\"}"));
        assertThat(cipher.decrypted(hex("7ad78dd591de4871c69c4b1a00a6c997"))).hasValue(Payload.of("1"));
        assertThat(cipher.decrypted(hex("d4f2f3d7137c56e6c313c70e819e8a9a"))).hasValue(Payload.of("2"));
        assertThat(cipher.decrypted(hex("6118bee149157379dfd6325d72377b"))).isEmpty();
    }

    private static Payload hex(String text) {
        return Payload.of(HexFormat.of().parseHex(text));
    }

    @Test
    void speaks_cbor_to_who_speaks_it() {
        Map<String, String> members = new LinkedHashMap<>();
        members.put("productKey", "a1pk");
        members.put("deviceName", "dev1");
        members.put("clientId", "a1pk&dev1");
        members.put("sign", "1D7D601950212D5B2EF4EE124FB7B904");

        CoapAnswer answer = bed.answer(CoapAsk.post("auth", cbor(members, 10)).formats(60, 60));

        assertThat(answer.format()).isEqualTo(60);
        assertThat(answer.payload().at(0) & 0xe0).as("a map").isEqualTo(0xa0);
        CoapAnswer json = bed.answer(CoapAsk.post("auth", cbor(members, 10)).formats(60, 50));
        assertThat(json.payload().text()).startsWith("{\"random\":\"").contains("\"seqOffset\":1,\"token\":\"");
    }

    private static Payload cbor(Map<String, String> texts, int seq) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator json = new CBORFactory().createGenerator(ObjectWriteContext.empty(), out)) {
            json.writeStartObject();
            texts.forEach(json::writeStringProperty);
            json.writeNumberProperty("seq", seq);
            json.writeEndObject();
        }
        return Payload.of(out.toByteArray());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a0", "bfbfbfbf", "9f", "a1616100ff", "5b7fffffffffffffff", "ba0000ffff6161", "f97e00"})
    void bad_cbor_is_a_bad_request(String octets) {
        assertThat(bed.code(CoapAsk.post("auth", hex(octets)).formats(60, 60))).isEqualTo(CoapCode.BAD_REQUEST);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "nonsense", "{}{}", "{\"productKey\":\"a1pk\"}", "{\"productKey\":[1]}"})
    void bad_json_is_a_bad_request(String text) {
        assertThat(bed.code(CoapAsk.post("auth", text))).isEqualTo(CoapCode.BAD_REQUEST);
    }

    @Test
    void a_wrong_secret_and_an_unknown_device_hear_the_same() {
        CoapAsk wrong = CoapAsk.post("auth", login("dev1", "00112233445566778899aabbccddeeff", ""));
        CoapAsk unknown = CoapAsk.post("auth", login("nobody", "00112233445566778899aabbccddeeff", ""));

        assertThat(bed.code(wrong)).isEqualTo(bed.code(unknown)).isEqualTo(CoapCode.FORBIDDEN);
        assertThat(bed.failure(wrong).fault()).isEqualTo(LoginFault.WRONG_SIGNATURE);
        assertThat(bed.failure(unknown).fault()).isEqualTo(LoginFault.UNKNOWN_DEVICE);
    }

    @ParameterizedTest
    @CsvSource({
        "HmacSHA1, clientIda1pk&dev1deviceNamedev1productKeya1pkseq10, right for hmacsha1",
        "HmacMD5, clientIda1pk&dev1deviceNamedev1productKeya1pk, seq was sent but not signed",
        "HmacSHA256, clientIda1pk&dev1deviceNamedev1productKeya1pk, seq was sent but not signed"
    })
    void tells_the_operator_what_was_signed_instead(String method, String signed, String cause) {
        Hmac hmac = Hmac.valueOf(method.substring(4).toUpperCase(java.util.Locale.ROOT));
        CoapAsk request = CoapAsk.post("auth", login("dev1", AliyunFleet.sign(hmac, SECRET, signed), ""));

        assertThat(bed.failure(request).cause()).contains(cause);
        assertThat(requireNonNull(bed.failure(request).check()).content()).isEqualTo(SIGNED);
    }

    @Test
    void a_disabled_device_and_one_of_a_certificate_product_get_no_token() {
        String off = AliyunFleet.sign(Hmac.MD5, SECRET, "clientIda1pk&dev1deviceNameoffproductKeya1pkseq10");

        assertThat(bed.code(CoapAsk.post("auth", login("off", off, "")))).isEqualTo(CoapCode.FORBIDDEN);
        assertThat(bed.failure(CoapAsk.post("auth", login("off", off, ""))).fault())
                .isEqualTo(LoginFault.DEVICE_DISABLED);
    }

    @Test
    void says_what_is_wrong_with_a_request_by_its_code() {
        String body = rightLogin("", SIGNED);
        assertThat(bed.code(CoapAsk.post("auth", body).get())).isEqualTo(CoapCode.METHOD_NOT_ALLOWED);
        assertThat(bed.code(CoapAsk.post("auth", body).formats(42, 50))).isEqualTo(CoapCode.UNSUPPORTED_FORMAT);
        assertThat(bed.code(CoapAsk.post("auth", body).formats(50, 42))).isEqualTo(CoapCode.NOT_ACCEPTABLE);
        assertThat(bed.code(CoapAsk.post("auth", body).withUnknownCriticalOption()))
                .isEqualTo(CoapCode.BAD_OPTION);
        assertThat(bed.code(CoapAsk.post(".well-known/core", "").get())).isEqualTo(CoapCode.NOT_FOUND);
        assertThat(bed.code(CoapAsk.post("topic", ""))).isEqualTo(CoapCode.NOT_FOUND);
        assertThat(bed.code(CoapAsk.post("nowhere", ""))).isEqualTo(CoapCode.NOT_FOUND);
        assertThat(bed.code(CoapAsk.post(TOPIC, "").get())).isEqualTo(CoapCode.METHOD_NOT_ALLOWED);
    }
}
