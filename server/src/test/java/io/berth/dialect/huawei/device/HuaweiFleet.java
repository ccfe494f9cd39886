package io.berth.dialect.huawei.device;

import static io.berth.dialect.KnownDevices.snapshot;

import io.berth.core.product.Product.AuthKind;
import io.berth.dialect.Attempt;
import io.berth.dialect.KnownDevices;
import io.berth.dialect.MqttDialect;
import io.berth.dialect.MqttWire;
import io.berth.dialect.aliyun.device.AliyunMqtt;
import java.util.List;

/// The devices of spec huawei-iotda 2.1, and some that may not log in.
final class HuaweiFleet {
    static final String SECRET = "12345678";
    static final String PASSWORD = "2b7be4e17e09a059116b2dcefc9c0857559ed473d684d902e43afd92dbdf8b64";

    static final KnownDevices DEVICES = new KnownDevices()
            .with("p", "d1", "dev_001", SECRET)
            .with("p", "d2", "dev_002", "Secret_0123456789ABCDEF")
            .with("p", "d3", "dev_003", "afe7b97f00770d38788f4b0f5d9ddd5b4c41f65e0e6e1f5c479647ee4dead29d")
            .with("p", "d4", "p_0_0_2024010203", SECRET)
            .with(snapshot("p", "d5", "frozen", SECRET, false, AuthKind.SECRET))
            .with(snapshot("x", "d6", "cert", SECRET, true, AuthKind.X509));

    static final List<MqttDialect> DIALECTS =
            List.of(new AliyunMqtt(Attempt.SERVICES, false), new HuaweiMqtt(Attempt.SERVICES));

    private HuaweiFleet() {}

    static Attempt login(String id, String sign, String hour, String password) {
        return Attempt.of(id + "_0_" + sign + "_" + hour, id, password);
    }

    static MqttWire wire() {
        return login("dev_001", "0", "2024010203", PASSWORD).wire(DIALECTS, DEVICES);
    }
}
