package io.berth.dialect.aliyun.device;

import io.berth.core.credential.Hmac;
import io.berth.core.credential.Secret;
import io.berth.dialect.LoginMistake;
import io.berth.dialect.SecretSlip;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Finds out what a device signed instead of its [AliyunAuth], by trying what firmware authors get wrong.
/// Spent on refused logins only.
record AliyunBodyDiagnosis(AliyunAuth body) implements AliyunProof.Diagnosis {
    @Override
    public @Nullable LoginMistake find(Secret secret, Secret productSecret) {
        String sign = body.member("sign").strip();
        if (sign.equalsIgnoreCase(secret.reveal()) || sign.equalsIgnoreCase(productSecret.reveal())) {
            return new LoginMistake("the signature is a secret itself", "sign with the device secret, never send it");
        }
        for (Map.Entry<String, LoginMistake> attempt : contents().entrySet()) {
            Hmac used = methodOf(secret.bytes(), attempt.getKey());
            if (used != null) {
                return used == body.method() || !attempt.getValue().cause().isEmpty()
                        ? attempt.getValue()
                        : wrongMethod(used);
            }
        }
        if (methodOf(productSecret.bytes(), body.content()) != null) {
            return new LoginMistake("signed with the product secret", "sign with the device secret");
        }
        for (SecretSlip slip : SecretSlip.of(secret)) {
            if (methodOf(slip.key(), body.content()) != null) {
                return new LoginMistake(
                        "signed with the device secret " + slip.words(),
                        "sign with the secret exactly as Berth shows it");
            }
        }
        return null;
    }

    private LoginMistake wrongMethod(Hmac used) {
        return new LoginMistake(
                "the signature is right for " + AliyunSign.name(used) + ", but "
                        + (body.members().containsKey("signmethod")
                                ? "signmethod says "
                                : "no signmethod is given, which means ")
                        + AliyunSign.name(body.method()),
                "send signmethod " + AliyunSign.name(used) + ", or sign with " + AliyunSign.name(body.method()));
    }

    /// What may have been signed, the right content first.
    private Map<String, LoginMistake> contents() {
        Map<String, LoginMistake> contents = new LinkedHashMap<>();
        contents.put(body.content(), new LoginMistake("", ""));
        for (String left : List.of("seq", "timestamp", "ackMode")) {
            contents.putIfAbsent(
                    body.content(name -> AliyunAuth.isSigned(name) && !name.equals(left)),
                    new LoginMistake(left + " was sent but not signed", "sign every value that is sent"));
        }
        contents.putIfAbsent(
                body.content(
                        name -> List.of("clientId", "deviceName", "productKey").contains(name)),
                new LoginMistake(
                        "only clientId, deviceName and productKey were signed", "sign every value that is sent"));
        contents.putIfAbsent(
                body.content(name -> !name.equals("sign")),
                new LoginMistake("signmethod or version was signed", "leave both out of what is signed"));
        return contents;
    }

    private @Nullable Hmac methodOf(byte[] key, String content) {
        for (Hmac each : Hmac.values()) {
            if (Hmac.matches(each.sign(key, content.getBytes(StandardCharsets.UTF_8)), body.member("sign"))) {
                return each;
            }
        }
        return null;
    }
}
