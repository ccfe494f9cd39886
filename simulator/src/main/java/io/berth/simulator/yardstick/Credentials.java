package io.berth.simulator.yardstick;

import io.berth.simulator.device.Device;
import io.berth.simulator.device.Dialect;
import io.berth.simulator.device.Fleet;
import io.berth.simulator.device.Hmac;
import io.berth.simulator.device.Identity;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The secrets of the fleet, and whether a login was signed with one of them.
final class Credentials {
    private final Map<String, Identity> byUsername = new HashMap<>();

    Credentials(Fleet fleet) {
        for (Device device : fleet.devices()) {
            Identity identity = device.identity();
            byUsername.put(identity.huaweiId(), identity);
            byUsername.put(Dialect.ALIYUN.login(identity, false).username(), identity);
        }
    }

    boolean accept(String clientId, @Nullable String username, byte @Nullable [] password) {
        Identity identity = username == null ? null : byUsername.get(username);
        return identity != null
                && password != null
                && MessageDigest.isEqual(password, expected(identity, clientId).getBytes(StandardCharsets.US_ASCII));
    }

    private static String expected(Identity identity, String clientId) {
        int bar = clientId.indexOf('|');
        if (bar < 0) {
            return Hmac.hex(clientId.substring(clientId.lastIndexOf('_') + 1), identity.secret());
        }
        int timestamp = clientId.indexOf("timestamp=", bar) + "timestamp=".length();
        return Hmac.hex(
                identity.secret(),
                "clientId" + clientId.substring(0, bar) + "deviceName" + identity.name() + "productKey"
                        + identity.product() + "timestamp" + clientId.substring(timestamp, clientId.length() - 1));
    }
}
