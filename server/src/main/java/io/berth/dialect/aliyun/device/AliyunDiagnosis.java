package io.berth.dialect.aliyun.device;

import io.berth.core.credential.Hmac;
import io.berth.core.credential.Secret;
import io.berth.dialect.LoginMistake;
import io.berth.dialect.MqttConnect;
import io.berth.dialect.SecretSlip;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Finds out what a device signed instead of what it should have, by trying what firmware authors get
/// wrong. Costs some dozens of digests, spent on refused logins only; a guard bounds how many of those
/// come.
///
/// @param sign what had to be signed
record AliyunDiagnosis(AliyunSign sign, String password, MqttConnect connect) implements AliyunProof.Diagnosis {
    private static final String SDK_TIMESTAMP = "2524608000000";
    private static final DateTimeFormatter HUAWEI_HOUR =
            DateTimeFormatter.ofPattern("yyyyMMddHH", Locale.ROOT).withZone(ZoneOffset.UTC);

    /// One thing a device may have signed. Without a cause it is the right one, and only the method can
    /// differ.
    @SuppressWarnings("ArrayRecordComponent") // a key for Mac, used once and never compared
    private record Attempt(byte[] key, String content, String cause, String fix) {}

    /// Never slower for a device that does
    /// not exist than for one that does: give it any secret.
    @Override
    public @Nullable LoginMistake find(Secret secret, Secret productSecret) {
        LoginMistake plain = plainSecret(secret, productSecret);
        LoginMistake digest = plain != null ? plain : otherDigest(secret, productSecret);
        LoginMistake writing = digest != null ? digest : otherWriting(secret);
        return writing != null ? writing : otherVendor(secret);
    }

    private @Nullable LoginMistake plainSecret(Secret secret, Secret productSecret) {
        if (password.strip().equalsIgnoreCase(secret.reveal())) {
            return new LoginMistake("the password is the device secret itself", "sign with the secret, never send it");
        }
        if (password.strip().equalsIgnoreCase(productSecret.reveal())) {
            return new LoginMistake(
                    "the password is the product secret itself", "sign with the device secret, never send a secret");
        }
        return null;
    }

    private @Nullable LoginMistake otherDigest(Secret secret, Secret productSecret) {
        for (Attempt attempt : attempts(secret, productSecret)) {
            LoginMistake mistake = tryEveryMethod(attempt);
            if (mistake != null) {
                return mistake;
            }
        }
        return null;
    }

    private @Nullable LoginMistake tryEveryMethod(Attempt attempt) {
        byte[] content = attempt.content.getBytes(StandardCharsets.UTF_8);
        for (Hmac method : Hmac.values()) {
            if (Hmac.matches(method.sign(attempt.key, content), password)) {
                if (attempt.cause.isEmpty()) {
                    return wrongMethod(method);
                }
                return method == sign.method()
                        ? new LoginMistake(attempt.cause, attempt.fix)
                        : new LoginMistake(
                                attempt.cause + ", by " + AliyunSign.name(method) + " instead of "
                                        + AliyunSign.name(sign.method()),
                                attempt.fix + ", and name the method used in signmethod");
            }
        }
        return null;
    }

    private LoginMistake wrongMethod(Hmac used) {
        String named = AliyunSign.name(sign.method());
        boolean isNamed = AliyunClientId.parse(connect.clientId()).parameter("signmethod") != null;
        return new LoginMistake(
                "the password is right for " + AliyunSign.name(used) + ", but "
                        + (isNamed ? "signmethod says " + named : "no signmethod is given, which means " + named),
                "send signmethod=" + AliyunSign.name(used) + " or sign with " + named);
    }

    private List<Attempt> attempts(Secret secret, Secret productSecret) {
        List<Attempt> attempts = new ArrayList<>();
        attempts.add(new Attempt(secret.bytes(), sign.content(), "", ""));
        attempts.add(new Attempt(
                productSecret.bytes(),
                sign.content(),
                "signed with the product secret",
                "sign with the device secret"));
        attempts.addAll(otherContents(secret.bytes()));
        for (SecretSlip slip : SecretSlip.of(secret)) {
            attempts.add(new Attempt(
                    slip.key(),
                    sign.content(),
                    "signed with the device secret " + slip.words(),
                    "sign with the secret exactly as Berth shows it"));
        }
        return attempts;
    }

    private List<Attempt> otherContents(byte[] key) {
        String id = sign.clientId();
        String name = sign.deviceName();
        String product = sign.productKey();
        String fullId = connect.clientId();
        List<Attempt> attempts = new ArrayList<>();
        add(
                attempts,
                key,
                sign.withClientId(fullId),
                "the client id was signed with its |…| tail",
                "sign only what stands before the first |");
        add(
                attempts,
                key,
                sign.withClientId(id + "|"),
                "the client id was signed with the | behind it",
                "sign only what stands before the first |");
        if (sign.timestamp() != null) {
            add(
                    attempts,
                    key,
                    sign.withTimestamp(null),
                    "the timestamp was sent but not signed",
                    "sign timestamp too, or leave it out of the client id");
        } else {
            add(
                    attempts,
                    key,
                    sign.withTimestamp(SDK_TIMESTAMP),
                    "timestamp " + SDK_TIMESTAMP + " was signed but not sent",
                    "send timestamp in the client id, or do not sign it");
        }
        add(
                attempts,
                key,
                sign.swapped(),
                "device name and product key are swapped in the signed text",
                "sign deviceName with the name and productKey with the key");
        for (String other : List.of(
                name,
                product,
                product + "." + name,
                name + "." + product,
                product + "&" + name,
                name + "&" + product,
                "")) {
            add(
                    attempts,
                    key,
                    sign.withClientId(other),
                    "client id \"" + other + "\" was signed, but \"" + id + "\" was sent",
                    "sign the client id that is sent");
        }
        String timestamp = sign.timestamp() == null ? "" : sign.timestamp();
        attempts.add(new Attempt(
                key,
                id + name + product + timestamp,
                "only the values were signed",
                "sign each name followed by its value"));
        attempts.add(new Attempt(
                key,
                "clientId" + id + "productKey" + product + "deviceName" + name
                        + (sign.timestamp() == null ? "" : "timestamp" + timestamp),
                "the names were not sorted before signing",
                "sort by name: clientId, deviceName, productKey, timestamp"));
        attempts.add(new Attempt(
                key,
                "clientId=" + id + "&deviceName=" + name + "&productKey=" + product
                        + (sign.timestamp() == null ? "" : "&timestamp=" + timestamp),
                "the text was signed with = and & between names and values",
                "put nothing between them"));
        return attempts;
    }

    private void add(List<Attempt> attempts, byte[] key, AliyunSign signed, String cause, String fix) {
        if (!signed.content().equals(sign.content())) {
            attempts.add(new Attempt(key, signed.content(), cause, fix));
        }
    }

    private @Nullable LoginMistake otherWriting(Secret secret) {
        byte[] expected = sign.method().sign(secret, sign.content());
        String hex = HexFormat.of().formatHex(expected);
        if (password.equals(Base64.getEncoder().encodeToString(expected))) {
            return new LoginMistake("the signature was sent in Base64", "send it in hexadecimal");
        }
        if (password.strip().equalsIgnoreCase(hex) || password.replace("\0", "").equalsIgnoreCase(hex)) {
            return new LoginMistake(
                    "the signature is right, but blanks, a line break or a zero byte were sent with it",
                    "send the hexadecimal digits and nothing else");
        }
        if (password.length() >= 16 && hex.startsWith(password.toLowerCase(Locale.ROOT))) {
            return new LoginMistake(
                    "the signature is right, but cut after " + password.length() + " of " + hex.length() + " digits",
                    "enlarge the buffer the device keeps its password in");
        }
        return null;
    }

    private @Nullable LoginMistake otherVendor(Secret secret) {
        for (int zone : new int[] {0, 8, -1, 1, 7, 9}) {
            Instant hour = connect.time().plusSeconds(3600L * zone);
            byte[] key = HUAWEI_HOUR.format(hour).getBytes(StandardCharsets.US_ASCII);
            if (Hmac.matches(Hmac.SHA256.sign(key, secret.bytes()), password)) {
                return new LoginMistake(
                        "the password is made the way of another vendor: the secret signed with the hour as key",
                        "sign the text below with the device secret as key");
            }
        }
        return null;
    }
}
