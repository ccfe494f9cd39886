package io.berth.dialect.aliyun.device;

import io.berth.core.credential.Hmac;
import io.berth.core.credential.Secret;
import io.berth.core.device.DeviceId;
import io.berth.core.login.Refusal.SignatureCheck;
import io.berth.dialect.LoginMistake;
import io.berth.dialect.SecretSlip;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What someone who knows a product's secret signs to register a device, and how (spec aliyun-device 1.4).
/// The random keeps nobody from sending the same again: an old SDK has always the same one.
///
/// @param sign in hexadecimal, as it came
record RegistrationSign(Hmac method, DeviceId device, String random, String sign) {
    String content() {
        return "deviceName" + device.name() + "productKey" + device.product() + "random" + random;
    }

    boolean isBy(Secret productSecret) {
        return Hmac.matches(method.sign(productSecret, content()), sign);
    }

    SignatureCheck check(Secret productSecret) {
        String expected = HexFormat.of().formatHex(method.sign(productSecret, content()));
        boolean looksLikeDigest =
                sign.length() == expected.length() && sign.chars().allMatch(HexFormat::isHexDigit);
        return new SignatureCheck(
                AliyunSign.name(method), content(), expected, looksLikeDigest ? sign : "hidden", null);
    }

    /// What was done instead of signing rightly, null when it stays a riddle.
    @Nullable
    LoginMistake mistake(Secret productSecret) {
        if (sign.strip().equalsIgnoreCase(productSecret.reveal())) {
            return new LoginMistake(
                    "the signature is the product secret itself", "sign with the secret, never send it");
        }
        for (Hmac other : Hmac.values()) {
            if (Hmac.matches(other.sign(productSecret, content()), sign)) {
                return new LoginMistake(
                        "the signature is right for " + AliyunSign.name(other) + ", not for " + AliyunSign.name(method),
                        "name the method used in signmethod; without it " + AliyunSign.name(Hmac.MD5) + " counts");
            }
        }
        for (Map.Entry<String, String> wrong : otherContents().entrySet()) {
            if (Hmac.matches(method.sign(productSecret, wrong.getValue()), sign)) {
                return new LoginMistake(wrong.getKey(), "sign the text below");
            }
        }
        byte[] content = content().getBytes(StandardCharsets.UTF_8);
        for (SecretSlip slip : SecretSlip.of(productSecret)) {
            if (Hmac.matches(method.sign(slip.key(), content), sign)) {
                return new LoginMistake(
                        "signed with the product secret " + slip.words(),
                        "sign with the secret exactly as Berth shows it");
            }
        }
        return null;
    }

    private Map<String, String> otherContents() {
        String name = device.name();
        String product = device.product();
        return Map.of(
                "device name and product key are swapped in the signed text",
                "deviceName" + product + "productKey" + name + "random" + random,
                "the random was sent but not signed",
                "deviceName" + name + "productKey" + product,
                "only the values were signed",
                name + product + random,
                "the text was signed with = and & between names and values",
                "deviceName=" + name + "&productKey=" + product + "&random=" + random);
    }
}
