package io.berth.dialect.aliyun.device;

import static io.berth.core.login.LoginFault.KEEP_ALIVE_OUT_OF_RANGE;
import static io.berth.core.login.LoginFault.MALFORMED_CLIENT_ID;
import static io.berth.core.login.LoginFault.MALFORMED_USER_NAME;
import static io.berth.core.login.LoginFault.MISSING_PARAMETER;
import static io.berth.core.login.LoginFault.TRANSPORT_MISMATCH;
import static io.berth.core.login.LoginFault.UNSUPPORTED_PARAMETER;
import static io.berth.dialect.ConnectAnswer.BAD_CREDENTIALS;
import static io.berth.dialect.ConnectAnswer.MALFORMED;
import static io.berth.dialect.ConnectAnswer.NOT_AUTHORISED;

import io.berth.core.device.DeviceId;
import io.berth.core.login.LoginFault;
import io.berth.dialect.ConnectAnswer;
import io.berth.dialect.LoginFailure;
import io.berth.dialect.MqttConnect;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A CONNECT taken apart, and what can be said against it before the device is known (spec aliyun-device
/// 1.2 to 1.8).
record AliyunForm(MqttConnect connect, AliyunClientId clientId, String deviceName, String productKey) {
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
        fault = fault != null ? fault : transportFault(toleratesAnnouncedTls);
        fault = fault != null ? fault : keepAliveFault();
        return fault != null ? fault : signatureFault();
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
            return notYet(NOT_AUTHORISED, "login by client certificate (X.509)");
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
                        ? notYet(BAD_CREDENTIALS, "authType=" + kind)
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
                    BAD_CREDENTIALS,
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

    private @Nullable LoginFailure signatureFault() {
        String method = clientId.parameter("signmethod");
        if (AliyunSign.method(method).isEmpty()) {
            return unknownValue("signmethod", String.valueOf(method), "use hmacmd5, hmacsha1 or hmacsha256");
        }
        if (connect.password() == null || connect.password().size() == 0) {
            return failure(
                    BAD_CREDENTIALS,
                    MISSING_PARAMETER,
                    "no password came",
                    "send the signature as password; logins by client certificate are not supported yet");
        }
        return null;
    }

    /// Empty names in the user name are how a device with a certificate logs in (spec 1.6).
    private boolean namesNoDevice() {
        return deviceName.isEmpty() && productKey.isEmpty() && "&".equals(connect.username());
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
