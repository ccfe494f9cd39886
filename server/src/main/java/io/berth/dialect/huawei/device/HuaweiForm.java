package io.berth.dialect.huawei.device;

import static io.berth.core.login.LoginFault.KEEP_ALIVE_OUT_OF_RANGE;
import static io.berth.core.login.LoginFault.MALFORMED_CLIENT_ID;
import static io.berth.core.login.LoginFault.MALFORMED_USER_NAME;
import static io.berth.core.login.LoginFault.MISSING_PARAMETER;
import static io.berth.core.login.LoginFault.UNSUPPORTED_PARAMETER;

import io.berth.core.device.Device;
import io.berth.core.login.LoginFault;
import io.berth.dialect.LoginFailure;
import io.berth.dialect.MqttConnect;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A CONNECT taken apart, and what can be said against it before the device is known (spec huawei-iotda
/// 2.1, 2.2).
///
/// What Berth cannot do yet is answered as a wrong password: on any other code the vendor's Java SDK
/// retries for ever.
record HuaweiForm(MqttConnect connect, HuaweiClientId clientId) {
    static final String AUTHORIZER = "|authorizer-name=";

    private static final int MIN_KEEP_ALIVE = 30;
    private static final int MAX_KEEP_ALIVE = 1200;
    private static final int MAX_LENGTH = HuaweiClientId.MAX_LENGTH;

    static HuaweiForm of(MqttConnect connect) {
        return new HuaweiForm(connect, HuaweiClientId.parse(connect.clientId()));
    }

    /// What was read, in the order a person checks it.
    Map<String, String> fields() {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("device_id", clientId.deviceId());
        fields.put("type", clientId.type());
        fields.put("sign", clientId.sign());
        fields.put("hour", clientId.hour());
        fields.put("username", username().contains(AUTHORIZER) ? "(with an authorizer's token)" : username());
        fields.put("keepAlive", connect.keepAliveSeconds() + " s");
        fields.put("connection", connect.secure() ? "encrypted" : "in clear");
        return fields;
    }

    /// The first thing wrong, null when the login can be verified.
    @Nullable
    LoginFailure fault() {
        LoginFailure fault = lengthFault();
        fault = fault != null ? fault : kindFault();
        fault = fault != null ? fault : clientIdFault();
        fault = fault != null ? fault : nameFault();
        fault = fault != null ? fault : keepAliveFault();
        return fault != null ? fault : passwordFault();
    }

    /// Whether a certificate is all it has to show (spec huawei-iotda 2.5).
    boolean isByCertificate() {
        return !connect.hasPassword() && !connect.presented().isEmpty();
    }

    String username() {
        return connect.username() == null ? "" : connect.username();
    }

    private @Nullable LoginFailure lengthFault() {
        if (connect.clientId().length() > MAX_LENGTH) {
            return malformed("the client id has " + connect.clientId().length() + " characters");
        }
        if (username().length() > MAX_LENGTH) {
            return LoginFailure.wrong(
                    MALFORMED_USER_NAME,
                    "the user name has " + username().length() + " characters",
                    "send the device_id as user name, at most " + MAX_LENGTH + " characters");
        }
        return null;
    }

    private @Nullable LoginFailure kindFault() {
        if (username().contains(AUTHORIZER)) {
            return notYet("login through an authorizer");
        }
        if (isBootstrap()) {
            return notYet("a provisioning login ({device_id}_0_{scope_id}…)");
        }
        if (clientId.looksComplete() && clientId.type().equals("3")) {
            return notYet("a bridge login (type 3)");
        }
        if (clientId.looksComplete() && clientId.sign().equals("2")) {
            return notYet("signing with SM3 (sign 2)");
        }
        return null;
    }

    /// `{device_id}_0_{scope_id}_{sign}_{hour}` with a secret, `{device_id}_0_{scope_id}` with a certificate.
    private boolean isBootstrap() {
        String name = username();
        if (name.isEmpty()
                || name.equals(clientId.deviceId())
                || !connect.clientId().startsWith(name + "_0_")) {
            return false;
        }
        String[] rest = connect.clientId().substring(name.length() + 3).split("_", -1);
        boolean isSignOfAnotherForm = rest[0].length() < 2;
        return !isSignOfAnotherForm && (rest.length == 1 || (rest.length == 3 && clientId.hasHour()));
    }

    private @Nullable LoginFailure clientIdFault() {
        if (clientId.type().isEmpty() || !clientId.looksComplete()) {
            return malformed("the client id does not end in _type_sign_hour");
        }
        if (!clientId.hasHour()) {
            return malformed("the hour \"" + clientId.hour() + "\" is not YYYYMMDDHH");
        }
        if (!clientId.type().equals("0")) {
            return malformed("type " + clientId.type() + " is not defined");
        }
        if (!clientId.sign().equals("0") && !clientId.sign().equals("1")) {
            return malformed("sign " + clientId.sign() + " is not defined");
        }
        if (clientId.sign().equals("1") && HuaweiHour.parse(clientId.hour()).isEmpty()) {
            return malformed("there is no hour " + clientId.hour());
        }
        return null;
    }

    private @Nullable LoginFailure nameFault() {
        if (!username().equals(clientId.deviceId())) {
            return LoginFailure.wrong(
                    MALFORMED_USER_NAME,
                    username().isEmpty()
                            ? "no user name came"
                            : "the user name \"" + username() + "\" is not the device_id \"" + clientId.deviceId()
                                    + "\" of the client id",
                    "send the device_id as user name");
        }
        if (!Device.isAlias(clientId.deviceId())) {
            return LoginFailure.wrong(
                    MALFORMED_CLIENT_ID,
                    "no device can have this device_id",
                    "a device_id has up to 128 of A-Z a-z 0-9 - _ @ . :");
        }
        return null;
    }

    private @Nullable LoginFailure keepAliveFault() {
        int seconds = connect.keepAliveSeconds();
        if (seconds >= MIN_KEEP_ALIVE && seconds <= MAX_KEEP_ALIVE) {
            return null;
        }
        return LoginFailure.malformed(
                KEEP_ALIVE_OUT_OF_RANGE,
                "the keep-alive is " + seconds + " s",
                "set it to " + MIN_KEEP_ALIVE + " to " + MAX_KEEP_ALIVE + " s, 120 is usual");
    }

    private @Nullable LoginFailure passwordFault() {
        if (isByCertificate()) {
            return null;
        }
        if (connect.password() == null || !connect.hasPassword()) {
            return LoginFailure.wrong(
                    MISSING_PARAMETER,
                    "neither a password nor a client certificate came",
                    "send the signature as password; or show a certificate at a listener that asks for it (mqtts)");
        }
        if (connect.password().size() > MAX_LENGTH) {
            return LoginFailure.wrong(
                    LoginFault.WRONG_SIGNATURE,
                    "the password has " + connect.password().size() + " bytes",
                    "send 64 hexadecimal digits: HMAC-SHA256 of the secret with the hour as key");
        }
        return null;
    }

    private static LoginFailure malformed(String cause) {
        return LoginFailure.malformed(
                MALFORMED_CLIENT_ID,
                cause,
                "build it as {device_id}_0_{0|1}_{YYYYMMDDHH}, the hour in UTC, at most " + MAX_LENGTH + " characters");
    }

    private static LoginFailure notYet(String what) {
        return LoginFailure.wrong(
                UNSUPPORTED_PARAMETER,
                what + " is not supported by this release",
                "log in with the device secret: type 0, sign 0 or 1");
    }
}
