package io.berth.dialect.aliyun.device;

import static io.berth.dialect.aliyun.device.AliyunFleet.DEVICES;
import static io.berth.dialect.aliyun.device.AliyunFleet.SECRET;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.berth.core.Payload;
import io.berth.core.Value;
import io.berth.core.credential.Hmac;
import io.berth.core.login.DeviceTokens;
import io.berth.core.login.Renewals;
import io.berth.dialect.Attempt;
import io.berth.dialect.CoapAnswer;
import io.berth.dialect.CoapCode;
import io.berth.dialect.CoapReading;
import io.berth.dialect.CoapVerdict;
import io.berth.dialect.LoginFailure;
import io.berth.json.ValueJson;
import io.berth.testing.MemoryRegistry;
import io.berth.testing.TestClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// CoAP as a server has it, and the words of its tests.
final class AliyunCoapBed {
    static final String TOPIC = "topic/a1pk/dev1/user/update";
    static final int TOKEN = 2088;
    static final int TOKEN_OF_THE_SDK = 61;
    static final int SEQUENCE = 2089;

    static final String SIGNED = "clientIda1pk&dev1deviceNamedev1productKeya1pkseq10";

    final TestClock clock = new TestClock();
    AliyunCoap coap = coap(1000);

    AliyunCoap coap(int maxTokens) {
        return new AliyunCoap(Attempt.SERVICES, tokens("coap"), tokens("coaps"), maxTokens);
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
    record Given(String token, String random, int seqOffset) {
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

    static String login(String name, String sign, String more) {
        return "{\"productKey\":\"a1pk\",\"deviceName\":\"" + name + "\",\"clientId\":\"a1pk&dev1\",\"sign\":\"" + sign
                + "\",\"seq\":10" + more + "}";
    }

    static String rightLogin(String more, String signed) {
        return login("dev1", AliyunFleet.sign(Hmac.MD5, SECRET, signed), more);
    }

    Given logsIn() {
        return logsIn(CoapAsk.post("auth", rightLogin("", SIGNED)));
    }

    Given logsIn(CoapAsk request) {
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

    static String text(Value value) {
        return ((Value.Text) value).text();
    }

    CoapAnswer answer(CoapAsk request) {
        return ((CoapVerdict.Accepted) verdict(request))
                .answer()
                .toCompletableFuture()
                .join();
    }

    CoapVerdict verdict(CoapAsk request) {
        CoapReading.Claim claim = (CoapReading.Claim) coap.read(request);
        return claim.verify(Optional.ofNullable(DEVICES.ifPresent(claim.device())));
    }

    /// The code of what is not let through.
    CoapCode code(CoapAsk request) {
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

    LoginFailure failure(CoapAsk request) {
        return ((CoapVerdict.Refused) verdict(request)).explanation().get();
    }

    String said(CoapAsk request) {
        return ((CoapVerdict.Message) verdict(request)).payload().text();
    }
}
