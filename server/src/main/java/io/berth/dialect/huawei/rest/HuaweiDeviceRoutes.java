package io.berth.dialect.huawei.rest;

import io.berth.core.credential.Secret;
import io.berth.core.device.Device;
import io.berth.core.device.DeviceId;
import io.berth.core.device.Devices;
import io.berth.core.product.Product;
import org.jspecify.annotations.Nullable;

/// Devices (spec huawei-iotda 7.3).
final class HuaweiDeviceRoutes {
    private final Devices devices;
    private final DeviceWords words;

    HuaweiDeviceRoutes(RestServices services) {
        this.devices = services.devices();
        this.words = new DeviceWords(services);
    }

    record NewDevice(
            @Nullable String deviceId,
            String nodeId,
            @Nullable String deviceName,
            String productId,
            @Nullable AuthInfo authInfo) {}

    record AuthInfo(@Nullable String authType, @Nullable String secret) {}

    record DeviceOnly(String deviceId) {}

    DeviceWords.Whole add(RestCall<NewDevice> call) {
        NewDevice wanted = call.input();
        Product product = call.sight().product(wanted.productId());
        String secret = wanted.authInfo() == null ? null : wanted.authInfo().secret();
        Device device = devices.create(new Devices.Draft(
                new DeviceId(product.key(), wanted.nodeId()),
                secret == null ? null : new Secret(secret),
                wanted.deviceId(),
                wanted.nodeId()));
        return words.whole(device, product);
    }

    DeviceWords.Whole show(RestCall<DeviceOnly> call) {
        Device device = call.sight().device(call.input().deviceId());
        return words.whole(device, call.sight().productOf(device));
    }
}
