package io.berth.dialect.aliyun.device;

import static io.berth.dialect.aliyun.device.AliyunFleet.DEVICES;
import static io.berth.dialect.aliyun.device.AliyunFleet.SECRET;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.berth.core.Payload;
import io.berth.core.Value;
import io.berth.core.credential.Hmac;
import io.berth.core.credential.Secret;
import io.berth.core.device.DeviceId;
import io.berth.core.device.DeviceRef;
import io.berth.core.login.DeviceTokens;
import io.berth.core.login.LoginFault;
import io.berth.core.login.Renewals;
import io.berth.dialect.Attempt;
import io.berth.dialect.CoapAnswer;
import io.berth.dialect.CoapCode;
import io.berth.dialect.CoapReading;
import io.berth.dialect.CoapVerdict;
import io.berth.dialect.LoginFailure;
import io.berth.json.ValueJson;
import io.berth.testing.MemoryNotes;
import io.berth.testing.MemoryRegistry;
import io.berth.testing.TestClock;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.dataformat.cbor.CBORFactory;

/// Vectors V8 and V8b of spec aliyun-device 10, and the rules of 3.1 and 3.3.
final class AliyunCoapTest {
    private static final String TOPIC = "topic/a1pk/dev1/user/update";
    private static final int TOKEN = 2088;
    private static final int TOKEN_OF_THE_SDK = 61;
    private static final int SEQUENCE = 2089;

    private final TestClock clock = new TestClock();
    private MemoryNotes numbers = new MemoryNotes(1000, clock);
    private AliyunCoap coap = coap(1000);

    private AliyunCoap coap(int maxTokens) {
        return new AliyunCoap(
                Attempt.SERVICES, new AliyunCoap.Tokens(tokens("coap"), tokens("coaps"), maxTokens), numbers);
    }

    private DeviceTokens tokens(String use) {
        return new DeviceTokens(
                Payload.of("the installation's own key of 32"),
                use,
                Duration.ofDays(7),
                Renewals.HARMLESS,
                new MemoryRegistry().devices(),
                DEVICES,
                clock);
    }

    /// A login, and what it was given.
    private record Given(String token, String random, int seqOffset) {
        Payload encrypted(Payload clear) {
            try {
                Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
                byte[] digest = java.security.MessageDigest.getInstance("SHA-256")
                        .digest((SECRET + "," + random).getBytes(StandardCharsets.UTF_8));
                cipher.init(
                        Cipher.ENCRYPT_MODE,
                        new SecretKeySpec(digest, 8, 16, "AES"),
                        new IvParameterSpec("543yhjy97ae7fyfg".getBytes(StandardCharsets.US_ASCII)));
                return Payload.of(cipher.doFinal(clear.toBytes()));
            } catch (java.security.GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }

        CoapAsk says(String text, long number) {
            return CoapAsk.post(TOPIC, encrypted(Payload.of(text)))
                    .with(TOKEN, Payload.of(token))
                    .with(SEQUENCE, encrypted(Payload.of(Long.toString(number))));
        }
    }

    private static String login(String name, String sign, String more) {
        return "{\"productKey\":\"a1pk\",\"deviceName\":\"" + name + "\",\"clientId\":\"a1pk&dev1\",\"sign\":\"" + sign
                + "\",\"seq\":10" + more + "}";
    }

    private static String rightLogin(String more, String signed) {
        return login("dev1", AliyunFleet.sign(Hmac.MD5, SECRET, signed), more);
    }

    private static final String SIGNED = "clientIda1pk&dev1deviceNamedev1productKeya1pkseq10";

    private Given logsIn() {
        return logsIn(CoapAsk.post("auth", rightLogin("", SIGNED)));
    }

    private Given logsIn(CoapAsk request) {
        CoapAnswer answer = answer(request);
        assertThat(answer.code()).isEqualTo(CoapCode.CONTENT);
        Map<String, Value> given =
                ValueJson.readFields(answer.payload()).orElseThrow().fields();
        return new Given(
                text(requireNonNull(given.get("token"))),
                given.containsKey("random") ? text(requireNonNull(given.get("random"))) : "",
                given.containsKey("seqOffset")
                        ? (int) ((Value.Whole) requireNonNull(given.get("seqOffset"))).number()
                        : -1);
    }

    private static String text(Value value) {
        return ((Value.Text) value).text();
    }

    private CoapAnswer answer(CoapAsk request) {
        return ((CoapVerdict.Accepted) verdict(request))
                .answer()
                .toCompletableFuture()
                .join();
    }

    private CoapVerdict verdict(CoapAsk request) {
        CoapReading.Claim claim = (CoapReading.Claim) coap.read(request);
        return claim.verify(Optional.ofNullable(DEVICES.ifPresent(claim.device())));
    }

    /// The code of what is not let through.
    private CoapCode code(CoapAsk request) {
        return switch (coap.read(request)) {
            case CoapReading.Answered answered -> answered.code();
            case CoapReading.Refused refused -> refused.code();
            case CoapReading.Claim _ ->
                switch (verdict(request)) {
                    case CoapVerdict.Refused refused -> refused.code();
                    case CoapVerdict.Denied denied -> denied.code();
                    case CoapVerdict.Accepted _, CoapVerdict.Message _ -> CoapCode.CONTENT;
                };
        };
    }

    private LoginFailure failure(CoapAsk request) {
        return ((CoapVerdict.Refused) verdict(request)).explanation().get();
    }

    private String said(CoapAsk request) {
        return ((CoapVerdict.Message) verdict(request)).payload().text();
    }

    // ---- /auth ----

    @ParameterizedTest
    @CsvSource({
        "'', 1D7D601950212D5B2EF4EE124FB7B904",
        "',\"timestamp\":\"1524448722000\"', 09B7A797069289B112F579703FACE962",
        "',\"version\":\"1.0\",\"resources\":{\"a\":1}', 1D7D601950212D5B2EF4EE124FB7B904"
    })
    void takes_the_signatures_of_the_manual(String more, String sign) {
        assertThat(code(CoapAsk.post("auth", login("dev1", sign, more)).formats(50, 50)))
                .isEqualTo(CoapCode.CONTENT);
    }

    @Test
    void takes_the_login_the_c_sdk_sends() {
        String body = "{\"productKey\":\"a1pk\",\"deviceName\":\"dev1\",\"clientId\":\"a1pk.dev1\","
                + "\"sign\":\"669dd23b88e61d54c4ce90df16bb3976\",\"seq\":\"4280\"}";

        Given given = logsIn(CoapAsk.post("auth", body).formats(50, 50));

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

        CoapAnswer answer = answer(CoapAsk.post("auth", cbor(members, 10)).formats(60, 60));

        assertThat(answer.format()).isEqualTo(60);
        assertThat(answer.payload().at(0)).as("a map of three").isEqualTo((byte) 0xa3);
        CoapAnswer json = answer(CoapAsk.post("auth", cbor(members, 10)).formats(60, 50));
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
        assertThat(code(CoapAsk.post("auth", hex(octets)).formats(60, 60))).isEqualTo(CoapCode.BAD_REQUEST);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "nonsense", "{}{}", "{\"productKey\":\"a1pk\"}", "{\"productKey\":[1]}"})
    void bad_json_is_a_bad_request(String text) {
        assertThat(code(CoapAsk.post("auth", text))).isEqualTo(CoapCode.BAD_REQUEST);
    }

    @Test
    void a_wrong_secret_and_an_unknown_device_hear_the_same() {
        CoapAsk wrong = CoapAsk.post("auth", login("dev1", "00112233445566778899aabbccddeeff", ""));
        CoapAsk unknown = CoapAsk.post("auth", login("nobody", "00112233445566778899aabbccddeeff", ""));

        assertThat(code(wrong)).isEqualTo(code(unknown)).isEqualTo(CoapCode.FORBIDDEN);
        assertThat(failure(wrong).fault()).isEqualTo(LoginFault.WRONG_SIGNATURE);
        assertThat(failure(unknown).fault()).isEqualTo(LoginFault.UNKNOWN_DEVICE);
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

        assertThat(failure(request).cause()).contains(cause);
        assertThat(requireNonNull(failure(request).check()).content()).isEqualTo(SIGNED);
    }

    @Test
    void a_disabled_device_and_one_of_a_certificate_product_get_no_token() {
        String off = AliyunFleet.sign(Hmac.MD5, SECRET, "clientIda1pk&dev1deviceNameoffproductKeya1pkseq10");

        assertThat(code(CoapAsk.post("auth", login("off", off, "")))).isEqualTo(CoapCode.FORBIDDEN);
        assertThat(failure(CoapAsk.post("auth", login("off", off, ""))).fault()).isEqualTo(LoginFault.DEVICE_DISABLED);
    }

    @Test
    void a_device_that_may_log_in_over_tls_only_comes_through_dtls() {
        String sign = AliyunFleet.sign(Hmac.MD5, SECRET, "clientIda1pk&dev1deviceNamesafeproductKeya1pkseq10");
        CoapAsk login = CoapAsk.post("auth", login("safe", sign, ""));

        assertThat(code(login)).isEqualTo(CoapCode.FORBIDDEN);
        assertThat(failure(login).fault()).isEqualTo(LoginFault.TLS_DEMANDED);
        assertThat(code(login.throughDtls())).isEqualTo(CoapCode.CONTENT);
    }

    @Test
    void says_what_is_wrong_with_a_request_by_its_code() {
        String body = rightLogin("", SIGNED);
        assertThat(code(CoapAsk.post("auth", body).get())).isEqualTo(CoapCode.METHOD_NOT_ALLOWED);
        assertThat(code(CoapAsk.post("auth", body).formats(42, 50))).isEqualTo(CoapCode.UNSUPPORTED_FORMAT);
        assertThat(code(CoapAsk.post("auth", body).formats(50, 42))).isEqualTo(CoapCode.NOT_ACCEPTABLE);
        assertThat(code(CoapAsk.post("auth", body).withUnknownCriticalOption())).isEqualTo(CoapCode.BAD_OPTION);
        assertThat(code(CoapAsk.post(".well-known/core", "").get())).isEqualTo(CoapCode.NOT_FOUND);
        assertThat(code(CoapAsk.post("topic", ""))).isEqualTo(CoapCode.NOT_FOUND);
        assertThat(code(CoapAsk.post("nowhere", ""))).isEqualTo(CoapCode.NOT_FOUND);
        assertThat(code(CoapAsk.post(TOPIC, "").get())).isEqualTo(CoapCode.METHOD_NOT_ALLOWED);
    }

    // ---- /topic ----

    @Test
    void what_a_device_says_is_decrypted_and_numbered() {
        Given given = logsIn();

        CoapVerdict.Message message = (CoapVerdict.Message) verdict(
                given.says("{\"id\":\"1\"}", given.seqOffset()).formats(50, 42).withUnknownCriticalOption());

        assertThat(message.payload().text()).isEqualTo("{\"id\":\"1\"}");
        assertThat(message.device().id().name()).isEqualTo("dev1");
        assertThat(message.taken().options()).singleElement().satisfies(option -> {
            assertThat(option.number()).isEqualTo(2090);
            assertThat(option.value().text()).matches("[0-9]{10,19}");
        });
        assertThat(message.taken().payload().size()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "f9cd60, -21.5",
        "fac1ac0000, -21.5",
        "fbc035800000000000, -21.5",
        "3903e7, -1000",
        "1b00000102030405ff, 1108152157695"
    })
    void a_report_in_cbor_means_what_it_says_in_json(String number, String written) {
        Given given = logsIn();
        // {"id": "1", "params": {_ "Temp": number}}
        String report = "a2" + "626964" + "6131" + "66706172616d73" + "bf" + "6454656d70" + number + "ff";
        CoapAsk asked = given.says("", 1)
                .to("topic/sys/a1pk/dev1/thing/event/property/post", given.encrypted(hex(report)))
                .formats(60, 60);

        assertThat(said(asked)).isEqualTo("{\"id\":\"1\",\"params\":{\"Temp\":" + written + "}}");
    }

    @Test
    void what_is_no_alink_or_json_after_all_stays_as_it_came() {
        Given given = logsIn();
        String json = "{\"id\":\"1\",\"params\":{}}";
        CoapAsk mislabelled = given.says("", 1)
                .to("topic/sys/a1pk/dev1/thing/event/property/post", given.encrypted(Payload.of(json)));

        assertThat(said(mislabelled.formats(60, 60))).isEqualTo(json);
        CoapAsk custom = given.says("", 2).to(TOPIC, given.encrypted(hex("a0")));
        assertThat(((CoapVerdict.Message) verdict(custom.formats(60, 60))).payload())
                .isEqualTo(hex("a0"));
    }

    @Test
    void what_is_no_report_is_explained_to_the_operator() {
        Given given = logsIn();

        assertThat(refused(given.says("x", 1).to("topic/a1pk/dev1//update", Payload.EMPTY))
                        .failure()
                        .cause())
                .contains("no plain topic");
        CoapReading.Refused bare = refused(CoapAsk.post(TOPIC, "x"));
        assertThat(bare.failure().fault()).isEqualTo(LoginFault.MISSING_PARAMETER);
        assertThat(bare.device()).isEqualTo(new DeviceRef.ById(new DeviceId("a1pk", "dev1")));
        assertThat(refused(CoapAsk.post("auth", "nonsense")).failure().cause()).contains("no JSON object");
    }

    private CoapReading.Refused refused(CoapAsk request) {
        return (CoapReading.Refused) coap.read(request);
    }

    @Test
    void the_token_may_come_as_the_sdk_sends_it_or_in_the_query() {
        Given given = logsIn();
        Payload said = given.encrypted(Payload.of("x"));
        Payload two = given.encrypted(Payload.of("2"));

        assertThat(said(CoapAsk.post(TOPIC, said)
                        .with(TOKEN_OF_THE_SDK, Payload.of(given.token()))
                        .with(SEQUENCE, given.encrypted(Payload.of("1")))))
                .isEqualTo("x");
        assertThat(said(CoapAsk.post(TOPIC, said)
                        .asking("token", given.token())
                        .asking("seq", HexFormat.of().formatHex(two.toBytes()))))
                .isEqualTo("x");
        assertThat(said(given.says("y", 3).asking("token", "another"))).isEqualTo("y");
        assertThat(code(CoapAsk.post(TOPIC, said).asking("token", given.token()).asking("seq", "4")))
                .as("a number in clear proves nothing")
                .isEqualTo(CoapCode.UNAUTHORIZED);
    }

    @Test
    void each_number_counts_once() {
        Given given = logsIn();

        assertThat(said(given.says("one", 1))).isEqualTo("one");
        assertThat(code(given.says("again", 1))).isEqualTo(CoapCode.UNAUTHORIZED);
        assertThat(failure(given.says("again", 1)).fault()).isEqualTo(LoginFault.REPLAYED);
        assertThat(said(given.says("later", 3))).isEqualTo("later");
        assertThat(said(given.says("late", 2))).isEqualTo("late");
        assertThat(code(given.says("before", 0))).isEqualTo(CoapCode.UNAUTHORIZED);
    }

    @Test
    void a_number_is_used_up_by_a_payload_that_cannot_be_read() {
        Given given = logsIn();
        // not whole blocks: of whole ones, one key in 256 finds padding in whatever it decrypts
        CoapAsk garbled = CoapAsk.post(TOPIC, "0123456789abcde")
                .with(TOKEN, Payload.of(given.token()))
                .with(SEQUENCE, given.encrypted(Payload.of("1")));

        assertThat(code(garbled)).isEqualTo(CoapCode.BAD_REQUEST);
        assertThat(code(given.says("one", 1))).isEqualTo(CoapCode.UNAUTHORIZED);
    }

    @Test
    void a_token_goes_on_in_the_next_run_where_it_was_when_the_last_one_stopped() {
        Given given = logsIn();
        said(given.says("one", 1));
        said(given.says("five", 5));
        clock.advance(Duration.ofSeconds(1));
        Given unused = logsIn();
        coap = coap(1000);

        assertThat(code(given.says("five", 5))).as("overheard before").isEqualTo(CoapCode.UNAUTHORIZED);
        assertThat(failure(given.says("five", 5)).fault()).isEqualTo(LoginFault.REPLAYED);
        assertThat(code(given.says("four", 4))).as("not higher").isEqualTo(CoapCode.UNAUTHORIZED);
        assertThat(said(given.says("six", 6))).isEqualTo("six");
        assertThat(said(unused.says("first", 1))).isEqualTo("first");
    }

    @Test
    void a_token_of_which_nothing_is_noted_means_a_new_login() {
        Given given = logsIn();
        said(given.says("one", 1));
        numbers = new MemoryNotes(1000, clock);
        coap = coap(1000);

        assertThat(code(given.says("one", 1))).as("overheard before").isEqualTo(CoapCode.UNAUTHORIZED);
        assertThat(code(given.says("two", 2))).isEqualTo(CoapCode.UNAUTHORIZED);
        assertThat(failure(given.says("two", 2)).fault()).isEqualTo(LoginFault.WRONG_TOKEN);
        assertThat(failure(given.says("two", 2)).cause()).contains("nobody remembers");
        clock.advance(Duration.ofSeconds(1));
        assertThat(said(logsIn().says("one", 1))).isEqualTo("one");
    }

    @Test
    void a_token_that_others_pushed_out_of_memory_goes_on_where_it_was() {
        coap = coap(2);
        Given given = logsIn();
        said(given.says("one", 1));
        for (int i = 0; i < 4; i++) {
            clock.advance(Duration.ofSeconds(1));
            logsIn();
        }

        assertThat(code(given.says("one", 1))).isEqualTo(CoapCode.UNAUTHORIZED);
        assertThat(said(given.says("two", 2))).isEqualTo("two");
    }

    @Test
    void an_expired_or_forged_token_means_a_new_login() {
        Given given = logsIn();
        clock.advance(Duration.ofDays(7));

        assertThat(code(given.says("late", 1))).isEqualTo(CoapCode.UNAUTHORIZED);
        assertThat(failure(given.says("late", 1)).fault()).isEqualTo(LoginFault.TOKEN_EXPIRED);
        assertThat(code(CoapAsk.post(TOPIC, "x").with(TOKEN, Payload.of("forged"))))
                .isEqualTo(CoapCode.UNAUTHORIZED);
        assertThat(code(CoapAsk.post(TOPIC, "x"))).isEqualTo(CoapCode.UNAUTHORIZED);
    }

    @Test
    void a_token_that_anyone_can_hear_is_no_good_through_dtls() {
        Given clear = logsIn();
        Given secure = logsIn(CoapAsk.post("auth", rightLogin("", SIGNED)).throughDtls());

        assertThat(code(CoapAsk.post(TOPIC, "x")
                        .with(TOKEN, Payload.of(clear.token()))
                        .throughDtls()))
                .isEqualTo(CoapCode.UNAUTHORIZED);
        assertThat(secure.random()).isEmpty();
        assertThat(said(CoapAsk.post(TOPIC, "in clear")
                        .with(TOKEN, Payload.of(secure.token()))
                        .throughDtls()))
                .isEqualTo("in clear");
    }

    @Test
    void through_dtls_messages_have_no_numbers_and_a_token_outlives_even_a_kill() {
        Given secure = logsIn(CoapAsk.post("auth", rightLogin("", SIGNED)).throughDtls());
        coap = coap(1000);

        assertThat(said(CoapAsk.post(TOPIC, "again")
                        .with(TOKEN, Payload.of(secure.token()))
                        .throughDtls()))
                .isEqualTo("again");
    }

    @Test
    void a_device_that_asked_for_it_is_answered_apart_from_the_acknowledgement() {
        String signed = "ackMode1" + SIGNED;
        Given given = logsIn(CoapAsk.post("auth", rightLogin(",\"ackMode\":1", signed)));

        CoapVerdict.Message message = (CoapVerdict.Message) verdict(given.says("x", 1));

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
        Given given = logsIn();
        CoapAsk request = CoapAsk.post(path, given.encrypted(Payload.of("x")))
                .with(TOKEN, Payload.of(given.token()))
                .with(SEQUENCE, given.encrypted(Payload.of("1")));

        assertThat(code(request)).isEqualTo(code);
    }
}
