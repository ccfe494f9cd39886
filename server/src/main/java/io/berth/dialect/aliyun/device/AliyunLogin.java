package io.berth.dialect.aliyun.device;

import io.berth.core.credential.Hmac;
import io.berth.core.credential.Secret;
import io.berth.core.device.DeviceId;
import io.berth.core.device.DeviceRef;
import io.berth.core.device.DeviceSnapshot;
import io.berth.core.login.LoginFault;
import io.berth.core.login.Refusal.SignatureCheck;
import io.berth.dialect.ConnectAnswer;
import io.berth.dialect.DeviceServices;
import io.berth.dialect.LoginFailure;
import io.berth.dialect.LoginMistake;
import io.berth.dialect.MqttLogin;
import io.berth.dialect.MqttVerdict;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A login with the device secret (spec aliyun-device 1.3), read and not yet verified.
final class AliyunLogin implements MqttLogin.Claim {
    /// Stands in for the secrets of a device that does not exist, so that its refusal takes the same work.
    private static final Secret NOBODYS = Secret.random();

    /// A timestamp within this of now was meant as the time; SDKs also send constants far from it.
    private static final Duration PLAUSIBLE_SKEW = Duration.ofDays(366);

    private final AliyunForm form;
    private final DeviceId id;
    private final AliyunSign sign;
    private final String password;
    private final DeviceServices services;

    AliyunLogin(AliyunForm form, DeviceServices services) {
        this.form = form;
        this.id = form.device();
        this.sign = AliyunSign.of(form);
        this.password = form.password().text();
        this.services = services;
    }

    @Override
    public DeviceRef device() {
        return new DeviceRef.ById(id);
    }

    @Override
    public Map<String, String> fields() {
        return form.fields();
    }

    @Override
    public MqttVerdict verify(Optional<DeviceSnapshot> found) {
        DeviceSnapshot device = found.orElse(null);
        Secret secret = device == null ? NOBODYS : device.device().secret();
        byte[] expected = sign.method().sign(secret, sign.content());
        if (!Hmac.matches(expected, password) || device == null) {
            return new MqttVerdict.Refused(
                    ConnectAnswer.BAD_CREDENTIALS, () -> device == null ? unknown() : wrong(expected, device));
        }
        LoginFailure fault = AliyunStanding.fault(device, form.connect().secure());
        if (fault != null) {
            return new MqttVerdict.Refused(fault);
        }
        AliyunWire wire = new AliyunWire(device, form.clientId(), services);
        return form.isClearAgainstItsWord()
                ? new MqttVerdict.Accepted(device, wire, "accepted-in-clear")
                : new MqttVerdict.Accepted(device, wire);
    }

    private LoginFailure unknown() {
        return new LoginFailure(
                ConnectAnswer.BAD_CREDENTIALS,
                LoginFault.UNKNOWN_DEVICE,
                "there is no device \"" + id.name() + "\" in a product \"" + id.product() + "\"",
                "create it, or check product key and device name burned into the device (user name: name&key)",
                check("-", shown("")));
    }

    private LoginFailure wrong(byte[] expected, DeviceSnapshot device) {
        Secret secret = device.device().secret();
        LoginMistake mistake = new AliyunDiagnosis(sign, password, form.connect())
                .find(secret, device.product().secret());
        return new LoginFailure(
                ConnectAnswer.BAD_CREDENTIALS,
                LoginFault.WRONG_SIGNATURE,
                mistake != null ? mistake.cause() : "the password is not the signature of what had to be signed",
                mistake != null ? mistake.fix() : "compare the device's secret, and what it signs with the text below",
                check(HexFormat.of().formatHex(expected), shown(secret.reveal())));
    }

    private SignatureCheck check(String expected, String given) {
        return new SignatureCheck(AliyunSign.name(sign.method()), sign.content(), expected, given, skew());
    }

    /// The password as far as it may be shown: a secret sent in clear, or cut, or in other letters, is not.
    private String shown(String secret) {
        boolean looksLikeDigest =
                password.length() == 2 * digestBytes() && password.chars().allMatch(HexFormat::isHexDigit);
        return looksLikeDigest && !password.equalsIgnoreCase(secret) ? password : "hidden";
    }

    private int digestBytes() {
        return switch (sign.method()) {
            case MD5 -> 16;
            case SHA1 -> 20;
            case SHA256 -> 32;
        };
    }

    private @Nullable Duration skew() {
        String timestamp = sign.timestamp();
        if (timestamp == null || timestamp.length() != 13 || !timestamp.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return null;
        }
        Duration skew = Duration.between(form.connect().time(), Instant.ofEpochMilli(Long.parseLong(timestamp)));
        return skew.abs().compareTo(PLAUSIBLE_SKEW) <= 0 ? skew : null;
    }
}
