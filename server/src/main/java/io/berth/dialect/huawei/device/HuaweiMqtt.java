package io.berth.dialect.huawei.device;

import io.berth.dialect.DeviceServices;
import io.berth.dialect.MqttConnect;
import io.berth.dialect.MqttDialect;
import io.berth.dialect.MqttLogin;

/// Huawei's MQTT. A login is its own when the client id ends in `_type_sign_hour`, or continues the user
/// name by an underscore, or the user name names an authorizer.
public final class HuaweiMqtt implements MqttDialect {
    private final DeviceServices services;

    /// @param services what devices may ask of the platform
    public HuaweiMqtt(DeviceServices services) {
        this.services = services;
    }

    @Override
    public String name() {
        return "huawei";
    }

    /// Spec huawei-iotda 3.2, shadow.
    @Override
    public boolean tellsWishesAgain() {
        return true;
    }

    @Override
    public MqttLogin read(MqttConnect connect) {
        return isMine(connect) ? HuaweiLogin.read(connect, services) : new MqttLogin.NotMine();
    }

    private static boolean isMine(MqttConnect connect) {
        String clientId = connect.clientId();
        String username = connect.username() == null ? "" : connect.username();
        // the marks of a form that is not Huawei's
        if (clientId.indexOf('|') >= 0 || username.indexOf('&') >= 0) {
            return false;
        }
        if (username.contains(HuaweiForm.AUTHORIZER)) {
            return true;
        }
        HuaweiClientId parts = HuaweiClientId.parse(clientId);
        return parts.looksComplete() || (!username.isEmpty() && clientId.startsWith(username + "_"));
    }
}
