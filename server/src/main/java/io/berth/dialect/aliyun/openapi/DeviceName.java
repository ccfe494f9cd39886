package io.berth.dialect.aliyun.openapi;

import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.caller.Reach;
import io.berth.core.device.Device;
import io.berth.core.device.DeviceId;
import org.jspecify.annotations.Nullable;

/// How actions name one device: `DEV` of spec aliyun-openapi 3.1.
///
/// @param iotId the device's alias; given, the others do not count
record DeviceName(
        @Nullable String iotId,
        @Nullable String productKey,
        @Nullable String deviceName) {
    Device in(Reach reach) {
        if (iotId != null) {
            return reach.device(iotId);
        }
        if (productKey == null) {
            throw GatewayException.missing("IotId");
        }
        if (deviceName == null) {
            throw GatewayException.missing("DeviceName");
        }
        return in(reach, productKey, deviceName);
    }

    /// A product that does not exist for the caller is refused as such (spec aliyun-openapi 3.1). A name that
    /// can be no device's is that of none.
    static Device in(Reach reach, String productKey, String deviceName) {
        reach.product(productKey);
        if (!DeviceId.isValid(productKey, deviceName)) {
            throw new ProblemException(
                    Problem.DEVICE_NOT_FOUND, "no device \"" + deviceName + "\" in product " + productKey);
        }
        return reach.device(new DeviceId(productKey, deviceName));
    }
}
