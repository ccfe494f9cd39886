package io.berth.simulator.device;

import java.util.Locale;

/// What a device of Alibaba's without room for certificates says who it is, and the key it makes of its secret
/// (spec aliyun-device 3.2).
public record PresharedKey(String identity, String key) {
    public static PresharedKey of(Identity device) {
        String content = "id" + device.product() + "&" + device.name() + "timestamp" + AliyunDialect.TIMESTAMP;
        return new PresharedKey(
                "devicename|hmacsha256|" + device.product() + "&" + device.name() + "|" + AliyunDialect.TIMESTAMP,
                Hmac.hex(device.secret(), content).toUpperCase(Locale.ROOT));
    }

    @Override
    public String toString() {
        return identity; // never the key
    }
}
