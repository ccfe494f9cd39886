package io.berth.dialect.aliyun.device;

import io.berth.core.credential.Secret;
import io.berth.core.device.DeviceId;
import io.berth.core.device.DeviceRef;
import io.berth.core.device.DeviceSnapshot;
import io.berth.core.device.Unit;
import io.berth.core.login.LoginFault;
import io.berth.dialect.ConnectAnswer;
import io.berth.dialect.DeviceServices;
import io.berth.dialect.LoginFailure;
import io.berth.dialect.MqttLogin;
import io.berth.dialect.MqttVerdict;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/// A login with a client id and a token that the platform gave out (spec aliyun-device 1.5).
final class AliyunTokenLogin implements MqttLogin.Claim {
    /// Stands in for units that do not exist, so that their refusal takes the same work.
    private static final Unit NOBODY = Unit.of("nobody", Secret.random(), Instant.EPOCH);

    private final AliyunForm form;
    private final DeviceServices services;

    AliyunTokenLogin(AliyunForm form, DeviceServices services) {
        this.form = form;
        this.services = services;
    }

    @Override
    public DeviceRef device() {
        return new DeviceRef.ById(form.device());
    }

    @Override
    public Map<String, String> fields() {
        return form.fields();
    }

    @Override
    public MqttVerdict verify(Optional<DeviceSnapshot> found) {
        Optional<Unit> unit = found.stream()
                .flatMap(device -> device.units().stream())
                .filter(each -> each.id().equals(form.clientId().text()))
                .findFirst();
        boolean isRight = unit.orElse(NOBODY).hasToken(form.password());
        if (found.isEmpty() || unit.isEmpty() || !isRight) {
            return new MqttVerdict.Refused(
                    ConnectAnswer.BAD_CREDENTIALS, () -> unknown(found.isPresent(), unit.isPresent()));
        }
        DeviceSnapshot device = found.get();
        if (!device.device().enabled()) {
            return new MqttVerdict.Refused(LoginFailure.disabled());
        }
        return new MqttVerdict.Accepted(device, AliyunWire.ofUnit(device, form.clientId(), services, unit.get()));
    }

    private LoginFailure unknown(boolean deviceExists, boolean unitExists) {
        DeviceId id = form.device();
        if (!deviceExists) {
            return LoginFailure.wrong(
                    LoginFault.UNKNOWN_DEVICE,
                    "there is no device \"" + id.name() + "\" in a product \"" + id.product() + "\"",
                    "let it register again with authType=regnwl");
        }
        if (!unitExists) {
            return LoginFailure.wrong(
                    LoginFault.WRONG_SIGNATURE,
                    "client id \"" + form.clientId().text()
                            + "\" is none of those given out for this device, or no more",
                    "let the device register again with authType=regnwl and keep client id and token");
        }
        return LoginFailure.wrong(
                LoginFault.WRONG_SIGNATURE,
                "the password is not the token that was given out with this client id",
                "send the deviceToken that came with the client id, as it came");
    }
}
