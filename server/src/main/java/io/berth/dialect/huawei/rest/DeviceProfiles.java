package io.berth.dialect.huawei.rest;

import static io.berth.core.ProblemException.require;

import io.berth.core.Value;
import io.berth.core.device.Device;
import io.berth.core.device.DeviceProfile;
import io.berth.dialect.huawei.rest.HuaweiDeviceRoutes.AuthInfo;
import io.berth.dialect.huawei.rest.HuaweiDeviceRoutes.ChangedDevice;
import io.berth.dialect.huawei.rest.HuaweiDeviceRoutes.NewDevice;
import io.berth.json.ValueJson;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What applications say of a device and demand of it, as core keeps it.
final class DeviceProfiles {
    private DeviceProfiles() {}

    static DeviceProfile first(NewDevice wanted, Instant now) {
        return over(
                DeviceProfile.EMPTY,
                new Words(wanted.deviceName(), wanted.description(), wanted.extensionInfo(), wanted.authInfo()),
                now);
    }

    static DeviceProfile changed(Device device, ChangedDevice wanted) {
        return over(
                device.profile(),
                new Words(wanted.deviceName(), wanted.description(), wanted.extensionInfo(), wanted.authInfo()),
                device.created());
    }

    /// What is null stays.
    private record Words(
            @Nullable String deviceName,
            @Nullable String description,
            Value.@Nullable Fields extensionInfo,
            @Nullable AuthInfo authInfo) {}

    private static DeviceProfile over(DeviceProfile before, Words words, Instant created) {
        String name = Objects.requireNonNullElse(words.deviceName(), before.nickname());
        require(
                name.length() <= DeviceProfile.MAX_NICKNAME,
                "\"device_name\" has at most " + DeviceProfile.MAX_NICKNAME + " characters");
        AuthInfo auth = Objects.requireNonNullElse(words.authInfo(), new AuthInfo(null, null, null, null, null));
        return new DeviceProfile(
                name,
                Objects.requireNonNullElse(words.description(), before.description()),
                words.extensionInfo() == null ? before.extension() : ValueJson.write(words.extensionInfo()),
                Objects.requireNonNullElse(auth.secureAccess(), before.secureOnly()),
                auth.timeout() == null ? before.activateBy() : activateBy(created, auth.timeout()));
    }

    private static @Nullable Instant activateBy(Instant created, int timeout) {
        require(timeout >= 0, "\"timeout\" must be 0 to " + Integer.MAX_VALUE);
        return timeout == 0 ? null : created.plusSeconds(timeout);
    }
}
