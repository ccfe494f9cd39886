package io.berth.dialect.aliyun.device;

import io.berth.core.credential.Hmac;
import io.berth.core.credential.Secret;
import io.berth.core.device.DeviceId;
import io.berth.core.device.DeviceSnapshot;
import io.berth.core.login.LoginFault;
import io.berth.core.login.Refusal.SignatureCheck;
import io.berth.dialect.ConnectAnswer;
import io.berth.dialect.LoginFailure;
import io.berth.dialect.LoginMistake;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How a device proves that it has its secret, whatever the wire (spec aliyun-device 1.3, 2.2, 3.1), and what the
/// operator is told when it fails.
///
/// @param content what had to be signed
/// @param given what came as the signature
/// @param skew how far the device's clock is ahead; null when it sent no time, or none that can be one
record AliyunProof(
        DeviceId id,
        Hmac method,
        String content,
        String given,
        @Nullable Duration skew) {
    /// Stands in for the secrets of a device that does not exist, so that its refusal takes the same work.
    private static final Secret NOBODYS = Secret.random();

    private static final int MILLIS_DIGITS = 13;

    /// Finds out what was sent instead of the signature.
    interface Diagnosis {
        /// Null when it stays a riddle.
        @Nullable
        LoginMistake find(Secret secret, Secret productSecret);
    }

    /// Whether the device that was found signed it; nobody did when none was.
    boolean holds(Optional<DeviceSnapshot> device) {
        Secret secret = device.map(found -> found.device().secret()).orElse(NOBODYS);
        return Hmac.matches(method.sign(secret, content), given) && device.isPresent();
    }

    /// Why it does not hold.
    LoginFailure failure(Optional<DeviceSnapshot> device, Diagnosis diagnosis) {
        return device.map(found -> wrong(found, diagnosis)).orElseGet(this::unknown);
    }

    /// @param given `expected` where the signature is right and something else is wrong
    SignatureCheck check(String expected, String given) {
        return new SignatureCheck(AliyunSign.name(method), content, expected, given, skew);
    }

    /// Null when the text can be no time in milliseconds.
    static @Nullable Duration skew(@Nullable String timestamp, Instant now) {
        if (timestamp == null
                || timestamp.length() != MILLIS_DIGITS
                || !timestamp.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return null;
        }
        return Duration.between(now, Instant.ofEpochMilli(Long.parseLong(timestamp)));
    }

    private LoginFailure unknown() {
        return new LoginFailure(
                ConnectAnswer.BAD_CREDENTIALS,
                LoginFault.UNKNOWN_DEVICE,
                "there is no device \"" + id.name() + "\" in a product \"" + id.product() + "\"",
                "create it, or check product key and device name burned into the device",
                check("-", "hidden"));
    }

    private LoginFailure wrong(DeviceSnapshot device, Diagnosis diagnosis) {
        Secret secret = device.device().secret();
        LoginMistake mistake = diagnosis.find(secret, device.product().secret());
        String expected = HexFormat.of().formatHex(method.sign(secret, content));
        return new LoginFailure(
                ConnectAnswer.BAD_CREDENTIALS,
                LoginFault.WRONG_SIGNATURE,
                mistake != null ? mistake.cause() : "what came is not the signature of what had to be signed",
                mistake != null ? mistake.fix() : "compare the device's secret, and what it signs with the text below",
                check(expected, shown(secret, expected.length())));
    }

    /// What came as far as it may be shown: a secret sent in clear, or cut, or in other letters, is not.
    private String shown(Secret secret, int digits) {
        boolean looksLikeDigest = given.length() == digits && given.chars().allMatch(HexFormat::isHexDigit);
        return looksLikeDigest && !given.equalsIgnoreCase(secret.reveal()) ? given : "hidden";
    }
}
