package io.berth.dialect.aliyun.device;

import static io.berth.core.login.LoginFault.KEEP_ALIVE_OUT_OF_RANGE;
import static io.berth.core.login.LoginFault.MALFORMED_CLIENT_ID;
import static io.berth.core.login.LoginFault.MALFORMED_USER_NAME;
import static io.berth.core.login.LoginFault.MISSING_PARAMETER;
import static io.berth.core.login.LoginFault.NO_CERTIFICATE;
import static io.berth.core.login.LoginFault.TRANSPORT_MISMATCH;
import static io.berth.core.login.LoginFault.UNSUPPORTED_PARAMETER;
import static io.berth.dialect.ConnectAnswer.BAD_CREDENTIALS;
import static io.berth.dialect.ConnectAnswer.MALFORMED;
import static io.berth.dialect.ConnectAnswer.NOT_AUTHORISED;

import io.berth.core.Payload;
import io.berth.core.device.DeviceId;
import io.berth.core.device.DeviceRef;
import io.berth.core.login.LoginFault;
import io.berth.dialect.ConnectAnswer;
import io.berth.dialect.LoginFailure;
import io.berth.dialect.MqttConnect;
import io.berth.dialect.MqttLogin.Malformed;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A CONNECT taken apart, and what can be said against it before the device is known (spec aliyun-device
/// 1.2 to 1.8).
record AliyunForm(MqttConnect connect, AliyunClientId clientId, String deviceName, String productKey) {
    private static final int MAX_CLAIM = 128;
    private static final int MIN_KEEP_ALIVE = 30;
    private static final int MAX_KEEP_ALIVE = 1200;

    static AliyunForm of(MqttConnect connect) {
        String username = connect.username() == null ? "" : connect.username();
        int ampersand = username.lastIndexOf('&');
        return new AliyunForm(
                connect,
                AliyunClientId.parse(connect.clientId()),
                ampersand < 0 ? username : username.substring(0, ampersand),
                ampersand < 0 ? "" : username.substring(ampersand + 1));
    }

    /// How the device wants to prove itself.
    enum Kind {
        SECRET,
        /// With a token it was given (spec aliyun-device 1.5).
        TOKEN,
        /// It has nothing of its own yet, and asks for it (spec aliyun-device 1.4).
        APPLICATION
    }

    /// Of a form without fault.
    Kind kind() {
        return switch (clientId.authType()) {
            case "connwl" -> Kind.TOKEN;
            case "register", "regnwl" -> Kind.APPLICATION;
            default -> Kind.SECRET;
        };
    }

    /// Of a form without fault.
    DeviceId device() {
        return new DeviceId(productKey, deviceName);
    }

    /// Of a form without fault.
    Payload password() {
        return Objects.requireNonNullElse(connect.password(), Payload.EMPTY);
    }

    Malformed malformed(LoginFailure fault) {
        String claimed = connect.username() != null ? connect.username() : connect.clientId();
        boolean isNamed = DeviceId.isValid(productKey, deviceName);
        return new Malformed(
                isNamed ? new DeviceRef.ById(device()) : null,
                claimed.substring(0, Math.min(MAX_CLAIM, claimed.length())),
                fields(),
                fault);
    }

    /// What was read, in the order a person checks it.
    Map<String, String> fields() {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("clientId", clientId.text());
        fields.put("deviceName", deviceName);
        fields.put("productKey", productKey);
        fields.putAll(clientId.parameters());
        fields.put("keepAlive", connect.keepAliveSeconds() + " s");
        fields.put("connection", connect.secure() ? "encrypted" : "in clear");
        return fields;
    }

    /// The first thing wrong, null when the login can be verified.
    @Nullable
    LoginFailure fault(boolean toleratesAnnouncedTls) {
        LoginFailure fault = clientIdFault();
        fault = fault != null ? fault : kindFault();
        fault = fault != null ? fault : nameFault();
        if (fault != null) {
            return fault;
        }
        return switch (kind()) {
            case SECRET -> secretFault(toleratesAnnouncedTls);
            case TOKEN -> tokenFault();
            case APPLICATION -> applicationFault();
        };
    }

    private @Nullable LoginFailure secretFault(boolean toleratesAnnouncedTls) {
        LoginFailure fault = transportFault(toleratesAnnouncedTls);
        fault = fault != null ? fault : keepAliveFault();
        fault = fault != null ? fault : methodFault();
        return fault != null
                ? fault
                : passwordFault(
                        BAD_CREDENTIALS,
                        "send the signature as password; a device with a certificate shows that, to a listener that asks for"
                                + " it (mqtts)");
    }

    private @Nullable LoginFailure tokenFault() {
        LoginFailure fault = keepAliveFault();
        return fault != null ? fault : passwordFault(BAD_CREDENTIALS, "send the device token as password, unsigned");
    }

    /// The keep-alive does not count, and clients say any `securemode` (spec aliyun-device 1.4).
    private @Nullable LoginFailure applicationFault() {
        String random = clientId.parameters().getOrDefault("random", "");
        if (random.isEmpty()) {
            return LoginFailure.malformed(
                    MISSING_PARAMETER, "no random came", "put random=… into the client id: it is signed");
        }
        if (random.chars().anyMatch(Character::isISOControl)) {
            return LoginFailure.malformed(
                    UNSUPPORTED_PARAMETER, "random has control characters", "use letters and digits");
        }
        LoginFailure fault = methodFault();
        return fault != null
                ? fault
                : passwordFault(MALFORMED, "send the signature by the product's secret as password");
    }

    private @Nullable LoginFailure clientIdFault() {
        String text = connect.clientId();
        if (text.length() > AliyunClientId.MAX_LENGTH) {
            return LoginFailure.malformed(
                    MALFORMED_CLIENT_ID,
                    "the client id has " + text.length() + " characters",
                    "use at most " + AliyunClientId.MAX_LENGTH);
        }
        if (text.indexOf('|') < 0 && !namesNoDevice()) {
            return LoginFailure.malformed(
                    MALFORMED_CLIENT_ID,
                    "the client id has no parameters",
                    "append them: \"" + text + "|securemode=" + (connect.secure() ? 2 : 3)
                            + ",signmethod=hmacsha256|\"");
        }
        return null;
    }

    /// Ways to log in that the vendor has and Berth has not yet: each by the code the vendor's client
    /// understands.
    private @Nullable LoginFailure kindFault() {
        String kind = clientId.authType();
        String mode = clientId.parameters().getOrDefault("securemode", "");
        if (kind.equals("id2") || mode.equals("8")) {
            return failure(
                    NOT_AUTHORISED,
                    UNSUPPORTED_PARAMETER,
                    "the device logs in by ID2 (iTLS): only the vendor's key service can check that",
                    "build its firmware without ID2, so that it logs in with the device secret");
        }
        if (kind.equals("x509") || namesNoDevice()) {
            return failure(
                    NOT_AUTHORISED,
                    NO_CERTIFICATE,
                    "a login by client certificate came without one",
                    "connect with TLS to a listener that asks for a certificate (mqtts), and show the device's");
        }
        if (mode.equals("-1")) {
            return notYet(MALFORMED, "the old login through an HTTPS guide (securemode=-1)");
        }
        return switch (kind) {
            case "" ->
                mode.equals("-2")
                        ? unknownValue("securemode", mode, "-2 goes with authType=connwl or regnwl only")
                        : null;
            case "register", "regnwl", "connwl" ->
                connect.secure()
                        ? null
                        : failure(
                                MALFORMED,
                                TRANSPORT_MISMATCH,
                                "authType=" + kind + " came over an unencrypted connection",
                                "connect with TLS: secrets travel in it");
            default -> unknownValue("authType", kind, "leave it out to log in with the device secret");
        };
    }

    private @Nullable LoginFailure nameFault() {
        String username = connect.username();
        if (username == null) {
            return LoginFailure.malformed(
                    MALFORMED_USER_NAME, "no user name came", "send deviceName&productKey as user name");
        }
        if (deviceName.isEmpty() || productKey.isEmpty()) {
            return LoginFailure.malformed(
                    MALFORMED_USER_NAME,
                    "the user name is not of the form deviceName&productKey",
                    "send the device name, an &, and the product key");
        }
        if (!DeviceId.isValid(productKey, deviceName)) {
            return failure(
                    kind() == Kind.APPLICATION ? MALFORMED : BAD_CREDENTIALS,
                    MALFORMED_USER_NAME,
                    "no device can have this name",
                    "a device name has up to 64 of A-Z a-z 0-9 - _ @ . :");
        }
        return null;
    }

    private @Nullable LoginFailure transportFault(boolean toleratesAnnouncedTls) {
        String mode = clientId.parameter("securemode");
        if (mode == null || mode.equals("3")) {
            return null;
        }
        if (!mode.equals("2")) {
            return unknownValue("securemode", mode, "use 2 with TLS and 3 in clear");
        }
        if (connect.secure() || toleratesAnnouncedTls) {
            return null;
        }
        return failure(
                MALFORMED,
                TRANSPORT_MISMATCH,
                "securemode=2 announces TLS, but the connection is not encrypted",
                "connect with TLS or send securemode=3; behind a proxy that ends TLS, let the listener tolerate it");
    }

    /// Whether the client announced TLS and came in clear, which only a setting lets pass.
    boolean isClearAgainstItsWord() {
        return "2".equals(clientId.parameter("securemode")) && !connect.secure();
    }

    private @Nullable LoginFailure keepAliveFault() {
        int seconds = connect.keepAliveSeconds();
        if (seconds >= MIN_KEEP_ALIVE && seconds <= MAX_KEEP_ALIVE) {
            return null;
        }
        return LoginFailure.malformed(
                KEEP_ALIVE_OUT_OF_RANGE,
                "the keep-alive is " + seconds + " s",
                "set it to " + MIN_KEEP_ALIVE + " to " + MAX_KEEP_ALIVE + " s");
    }

    private @Nullable LoginFailure methodFault() {
        String method = clientId.parameter("signmethod");
        if (AliyunSign.method(method).isEmpty()) {
            return unknownValue("signmethod", String.valueOf(method), "use hmacmd5, hmacsha1 or hmacsha256");
        }
        return null;
    }

    private @Nullable LoginFailure passwordFault(ConnectAnswer answer, String fix) {
        return password().size() > 0 ? null : failure(answer, MISSING_PARAMETER, "no password came", fix);
    }

    /// Empty names in the user name are how a device with a certificate logs in (spec 1.6).
    private boolean namesNoDevice() {
        return deviceName.isEmpty() && productKey.isEmpty() && "&".equals(connect.username());
    }

    /// What can be said against a login by certificate, whose names are ignored; null for nothing.
    @Nullable
    LoginFailure faultOfShown() {
        return connect.clientId().length() > AliyunClientId.MAX_LENGTH ? clientIdFault() : keepAliveFault();
    }

    /// The device that the user name claims, null where it claims none.
    @Nullable
    DeviceId claim() {
        return DeviceId.isValid(productKey, deviceName) ? new DeviceId(productKey, deviceName) : null;
    }

    private static LoginFailure notYet(ConnectAnswer answer, String what) {
        return failure(
                answer,
                UNSUPPORTED_PARAMETER,
                what + " is not supported by this release",
                "log in with the device secret");
    }

    private static LoginFailure unknownValue(String name, String value, String fix) {
        return LoginFailure.malformed(UNSUPPORTED_PARAMETER, name + "=" + value + " means nothing here", fix);
    }

    private static LoginFailure failure(ConnectAnswer answer, LoginFault fault, String cause, String fix) {
        return new LoginFailure(answer, fault, cause, fix, null);
    }
}
