package io.berth.dialect.aliyun.device;

import static io.berth.dialect.KnownDevices.snapshot;

import io.berth.core.credential.Hmac;
import io.berth.core.device.DeviceProfile;
import io.berth.core.device.DeviceSnapshot;
import io.berth.core.product.Product.AuthKind;
import io.berth.dialect.Attempt;
import io.berth.dialect.KnownDevices;
import io.berth.dialect.MqttDialect;
import io.berth.dialect.MqttWire;
import io.berth.dialect.huawei.device.HuaweiMqtt;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// The devices of spec aliyun-device section 10, and some that may not log in.
final class AliyunFleet {
    static final String SECRET = "0123456789abcdef0123456789abcdef";

    static final KnownDevices DEVICES = new KnownDevices()
            .with("pk", "device", "pk_device", "secret")
            .with(meter("a1pk", "dev1"))
            .with("a1pk", "Mixed", "a1pk_Mixed", "MixedCaseSecret01")
            .with("a1sub", "sub1", "a1sub_sub1", "fedcba9876543210fedcba9876543210")
            .with(snapshot("a1pk", "off", "a1pk_off", SECRET, false, AuthKind.SECRET))
            .with(overTlsOnly(snapshot("a1pk", "safe", "a1pk_safe", SECRET)))
            .with(snapshot("a1x509", "cert", "a1x509_cert", SECRET, true, AuthKind.X509));

    static final List<MqttDialect> DIALECTS =
            List.of(new HuaweiMqtt(Attempt.SERVICES), new AliyunMqtt(Attempt.SERVICES, false));

    private AliyunFleet() {}

    /// A device with the thing model of [Meter].
    static DeviceSnapshot meter(String product, String name) {
        DeviceSnapshot bare = snapshot(product, name, product + "_" + name, SECRET);
        return new DeviceSnapshot(bare.device(), bare.product().withModel(Meter.MODEL), false);
    }

    private static DeviceSnapshot overTlsOnly(DeviceSnapshot any) {
        DeviceProfile demand = new DeviceProfile("", "", "", true, null);
        return new DeviceSnapshot(any.device().withProfile(demand), any.product(), false);
    }

    static String sign(Hmac method, String key, String content) {
        return method.hex(key.getBytes(StandardCharsets.UTF_8), content.getBytes(StandardCharsets.UTF_8));
    }

    /// A wire of `dev1` whose client id ends in these parameters.
    static MqttWire wire(String parameters) {
        String password = sign(Hmac.SHA256, SECRET, "clientIdcdeviceNamedev1productKeya1pk");
        return Attempt.of("c|securemode=3,signmethod=hmacsha256" + parameters + "|", "dev1&a1pk", password)
                .wire(DIALECTS, DEVICES);
    }
}
