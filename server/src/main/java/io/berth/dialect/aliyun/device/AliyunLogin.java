package io.berth.dialect.aliyun.device;

import io.berth.core.device.DeviceRef;
import io.berth.core.device.DeviceSnapshot;
import io.berth.dialect.ConnectAnswer;
import io.berth.dialect.DeviceServices;
import io.berth.dialect.LoginFailure;
import io.berth.dialect.MqttLogin;
import io.berth.dialect.MqttVerdict;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A login with the device secret (spec aliyun-device 1.3), read and not yet verified.
final class AliyunLogin implements MqttLogin.Claim {
    /// A timestamp within this of now was meant as the time; SDKs also send constants far from it.
    private static final Duration PLAUSIBLE_SKEW = Duration.ofDays(366);

    private final AliyunForm form;
    private final AliyunSign sign;
    private final AliyunProof proof;
    private final DeviceServices services;

    AliyunLogin(AliyunForm form, DeviceServices services) {
        this.form = form;
        this.sign = AliyunSign.of(form);
        this.proof = new AliyunProof(
                form.device(), sign.method(), sign.content(), form.password().text(), skew(form, sign));
        this.services = services;
    }

    @Override
    public DeviceRef device() {
        return new DeviceRef.ById(proof.id());
    }

    @Override
    public Map<String, String> fields() {
        return form.fields();
    }

    @Override
    public MqttVerdict verify(Optional<DeviceSnapshot> found) {
        if (!proof.holds(found)) {
            return new MqttVerdict.Refused(
                    ConnectAnswer.BAD_CREDENTIALS,
                    () -> proof.failure(found, new AliyunDiagnosis(sign, proof.given(), form.connect())));
        }
        DeviceSnapshot device = found.orElseThrow();
        LoginFailure fault = AliyunStanding.fault(device, form.connect().secure());
        if (fault != null) {
            return new MqttVerdict.Refused(fault);
        }
        AliyunWire wire = new AliyunWire(device, form.clientId(), services);
        return form.isClearAgainstItsWord()
                ? new MqttVerdict.Accepted(device, wire, "accepted-in-clear")
                : new MqttVerdict.Accepted(device, wire);
    }

    private static @Nullable Duration skew(AliyunForm form, AliyunSign sign) {
        Duration skew = AliyunProof.skew(sign.timestamp(), form.connect().time());
        return skew != null && skew.abs().compareTo(PLAUSIBLE_SKEW) <= 0 ? skew : null;
    }
}
