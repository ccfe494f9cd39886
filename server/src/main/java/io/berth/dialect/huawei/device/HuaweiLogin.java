package io.berth.dialect.huawei.device;

import io.berth.core.Payload;
import io.berth.core.credential.Hmac;
import io.berth.core.credential.Secret;
import io.berth.core.device.Device;
import io.berth.core.device.DeviceRef;
import io.berth.core.device.DeviceSnapshot;
import io.berth.core.login.LoginFault;
import io.berth.core.login.Refusal.SignatureCheck;
import io.berth.core.product.Product.AuthKind;
import io.berth.dialect.ConnectAnswer;
import io.berth.dialect.DeviceServices;
import io.berth.dialect.LoginFailure;
import io.berth.dialect.LoginMistake;
import io.berth.dialect.MqttConnect;
import io.berth.dialect.MqttLogin;
import io.berth.dialect.MqttVerdict;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A login with the device secret (spec huawei-iotda 2.1), read and not yet verified. The password is the
/// secret signed with the hour as key, in lower-case hexadecimal.
final class HuaweiLogin implements MqttLogin.Claim {
    /// Stands in for the secrets of a device that does not exist, so that its refusal takes the same work.
    private static final Secret NOBODYS = Secret.random();

    /// An hour within this of now was meant as the time; where it is not checked, devices also send
    /// constants.
    private static final Duration PLAUSIBLE_SKEW = Duration.ofDays(366);

    private static final int MAX_CLAIM = 128;
    private static final int DIGITS = 64;

    private final HuaweiForm form;
    private final String password;
    private final DeviceServices services;

    private HuaweiLogin(HuaweiForm form, String password, DeviceServices services) {
        this.form = form;
        this.password = password;
        this.services = services;
    }

    static MqttLogin read(MqttConnect connect, DeviceServices services) {
        HuaweiForm form = HuaweiForm.of(connect);
        LoginFailure fault = form.fault();
        if (fault != null) {
            String id = form.clientId().deviceId();
            return new Malformed(
                    Device.isAlias(id) ? new DeviceRef.ByAlias(id) : null,
                    id.substring(0, Math.min(MAX_CLAIM, id.length())),
                    form.fields(),
                    fault);
        }
        if (form.isByCertificate()) {
            return new HuaweiCertificateLogin(form, services);
        }
        Payload password = connect.password();
        return new HuaweiLogin(form, password == null ? "" : password.text(), services);
    }

    @Override
    public DeviceRef device() {
        return new DeviceRef.ByAlias(form.clientId().deviceId());
    }

    @Override
    public Map<String, String> fields() {
        return form.fields();
    }

    @Override
    public MqttVerdict verify(Optional<DeviceSnapshot> found) {
        DeviceSnapshot device = found.orElse(null);
        Secret secret = device == null ? NOBODYS : device.device().secret();
        String hour = form.clientId().hour();
        String expected = sign(hour, secret);
        boolean right = isSame(expected, password);
        Secret spare = device == null ? null : device.device().spareSecret();
        if (!right && spare != null) {
            // both secrets open the door (spec huawei-iotda 2.1)
            right = isSame(sign(hour, spare), password);
        }
        if (!right || device == null) {
            return new MqttVerdict.Refused(
                    ConnectAnswer.BAD_CREDENTIALS, () -> device == null ? unknown() : wrong(expected, device));
        }
        // only who knows the secret learns more than "wrong"
        LoginFailure denied = denied(device, expected);
        return denied != null
                ? new MqttVerdict.Refused(denied)
                : new MqttVerdict.Accepted(device, new HuaweiWire(device, services));
    }

    static String sign(String hour, Secret secret) {
        return Hmac.SHA256.hex(hour.getBytes(StandardCharsets.US_ASCII), secret.bytes());
    }

    private static boolean isSame(String expected, String given) {
        return MessageDigest.isEqual(expected.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
    }

    private @Nullable LoginFailure denied(DeviceSnapshot device, String expected) {
        Duration skew = skew();
        if (form.clientId().sign().equals("1") && (skew == null || !HuaweiHour.isTolerated(skew))) {
            return new LoginFailure(
                    ConnectAnswer.BAD_CREDENTIALS,
                    LoginFault.CLOCK_SKEW,
                    "the password is right, but its hour " + form.clientId().hour() + " is not now: here it is "
                            + HuaweiHour.format(form.connect().time()) + " (UTC)",
                    "set the device's clock, use UTC and not local time, or log in with sign 0",
                    check(expected, password));
        }
        if (!device.device().enabled()) {
            return LoginFailure.denied(LoginFault.DEVICE_DISABLED, "the device is frozen", "enable it");
        }
        if (device.device().profile().secureOnly() && !form.connect().secure()) {
            return LoginFailure.denied(
                    LoginFault.TLS_DEMANDED,
                    "the device may log in over TLS only",
                    "connect to the TLS port, or take the demand from the device");
        }
        if (device.product().auth() != AuthKind.SECRET || device.device().pins() != null) {
            return LoginFailure.denied(
                    LoginFault.WRONG_AUTH_KIND,
                    "device " + device.id() + " logs in by certificate, and it signed with its secret",
                    "give the device a certificate, or keep it in a product whose devices use secrets");
        }
        return null;
    }

    private LoginFailure unknown() {
        return new LoginFailure(
                ConnectAnswer.BAD_CREDENTIALS,
                LoginFault.UNKNOWN_DEVICE,
                "there is no device with device_id \"" + form.clientId().deviceId() + "\"",
                "create it, or check the device_id burned into the device (product id, underscore, node id)",
                check("-", shown("")));
    }

    private LoginFailure wrong(String expected, DeviceSnapshot device) {
        Secret secret = device.device().secret();
        LoginMistake mistake = new HuaweiDiagnosis(form, password)
                .find(secret, device.product().secret());
        return new LoginFailure(
                ConnectAnswer.BAD_CREDENTIALS,
                LoginFault.WRONG_SIGNATURE,
                mistake != null ? mistake.cause() : "the password is not made from the device's secret and this hour",
                mistake != null
                        ? mistake.fix()
                        : "compare the secret; the password is HMAC-SHA256 with the hour as key and the secret as text",
                check(expected, shown(secret.reveal())));
    }

    /// The signed text is the secret itself, so it is named and not shown.
    private SignatureCheck check(String expected, String given) {
        String content = "the device secret, with the key " + form.clientId().hour();
        return new SignatureCheck("hmacsha256", content, expected, given, skew());
    }

    /// The password as far as it may be shown: a secret sent in clear, or cut, or in other letters, is not.
    private String shown(String secret) {
        boolean looksLikeDigest =
                password.length() == DIGITS && password.chars().allMatch(HexFormat::isHexDigit);
        return looksLikeDigest && !password.equalsIgnoreCase(secret) ? password : "hidden";
    }

    private @Nullable Duration skew() {
        return HuaweiHour.parse(form.clientId().hour())
                .map(hour -> HuaweiHour.skew(hour, form.connect().time()))
                .filter(skew -> skew.abs().compareTo(PLAUSIBLE_SKEW) <= 0)
                .orElse(null);
    }
}
