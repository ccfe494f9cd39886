package io.berth.dialect.huawei.device;

import io.berth.core.credential.Hmac;
import io.berth.core.credential.Secret;
import io.berth.dialect.LoginMistake;
import io.berth.dialect.SecretSlip;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Finds out how a device made its password instead, by trying what firmware authors get wrong. Costs some
/// dozens of digests, spent on refused logins only; a guard bounds how many of those come.
record HuaweiDiagnosis(HuaweiForm form, String password) {
    /// Far enough for every time zone, and for an hour that passed between signing and sending.
    private static final int HOURS_TRIED = 14;

    /// What the password turns out to be, null when it stays a riddle. Never slower for a device that does
    /// not exist than for one that does: give it any secret.
    @Nullable
    LoginMistake find(Secret secret, Secret productSecret) {
        LoginMistake mistake = plainSecret(secret, productSecret);
        mistake = mistake != null ? mistake : otherWriting(secret);
        mistake = mistake != null ? mistake : otherDigest(secret, productSecret);
        return mistake != null ? mistake : otherHour(secret);
    }

    private @Nullable LoginMistake plainSecret(Secret secret, Secret productSecret) {
        String text = password.strip();
        return text.equalsIgnoreCase(secret.reveal()) || text.equalsIgnoreCase(productSecret.reveal())
                ? new LoginMistake(
                        "the password is the secret itself",
                        "send HMAC-SHA256 of the secret, with the hour as key, in hexadecimal")
                : null;
    }

    private @Nullable LoginMistake otherWriting(Secret secret) {
        byte[] digest = Hmac.SHA256.sign(hour(), secret.bytes());
        String hex = HexFormat.of().formatHex(digest);
        if (password.equalsIgnoreCase(hex)) {
            return new LoginMistake("the password is right, but in upper case", "send lower-case hexadecimal");
        }
        if (password.strip().equals(hex) || password.replace("\0", "").equals(hex)) {
            return new LoginMistake(
                    "the password is right, but blanks, a line break or a zero byte were sent with it",
                    "send the 64 hexadecimal digits and nothing else");
        }
        if (password.equals(Base64.getEncoder().encodeToString(digest))) {
            return new LoginMistake("the password is right, but in Base64", "send lower-case hexadecimal");
        }
        if (password.length() >= 16 && hex.startsWith(password)) {
            return new LoginMistake(
                    "the password is right, but cut after " + password.length() + " of " + hex.length() + " digits",
                    "enlarge the buffer the device keeps its password in");
        }
        return null;
    }

    private @Nullable LoginMistake otherDigest(Secret secret, Secret productSecret) {
        if (is(Hmac.SHA256, secret.bytes(), hour())) {
            return new LoginMistake(
                    "key and text are swapped: the hour was signed with the secret",
                    "use the hour as key and the secret as text");
        }
        for (Hmac method : new Hmac[] {Hmac.SHA1, Hmac.MD5}) {
            if (is(method, hour(), secret.bytes())) {
                return new LoginMistake("the password was made with Hmac" + method, "use HMAC-SHA256");
            }
        }
        if (is(Hmac.SHA256, hour(), productSecret.bytes())) {
            return new LoginMistake("the product secret was signed", "sign the device secret");
        }
        for (SecretSlip slip : SecretSlip.of(secret)) {
            if (is(Hmac.SHA256, hour(), slip.key())) {
                return new LoginMistake(
                        "what was signed is the device secret " + slip.words(),
                        "sign the secret exactly as Berth shows it");
            }
        }
        return null;
    }

    private @Nullable LoginMistake otherHour(Secret secret) {
        Optional<Instant> sent = HuaweiHour.parse(form.clientId().hour());
        Instant now = form.connect().time().truncatedTo(ChronoUnit.HOURS);
        for (Instant around : new Instant[] {sent.orElse(now), now}) {
            for (int hours = -HOURS_TRIED; hours <= HOURS_TRIED; hours++) {
                Instant tried = around.plus(Duration.ofHours(hours));
                String key = HuaweiHour.format(tried);
                if (is(Hmac.SHA256, key.getBytes(StandardCharsets.US_ASCII), secret.bytes())) {
                    return new LoginMistake(
                            "the password was made with the hour " + key + ", but the client id says "
                                    + form.clientId().hour() + inWords(sent, tried),
                            "use one and the same hour in both, in UTC and not in local time");
                }
            }
        }
        return null;
    }

    private static String inWords(Optional<Instant> sent, Instant tried) {
        return sent.map(hour -> " (" + Math.abs(Duration.between(hour, tried).toHours())
                        + " hours apart: one of them is likely local time)")
                .orElse("");
    }

    private boolean is(Hmac method, byte[] key, byte[] content) {
        return Hmac.matches(method.sign(key, content), password);
    }

    private byte[] hour() {
        return form.clientId().hour().getBytes(StandardCharsets.US_ASCII);
    }
}
