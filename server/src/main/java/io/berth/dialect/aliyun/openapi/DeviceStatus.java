package io.berth.dialect.aliyun.openapi;

import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.device.Device;
import io.berth.core.device.DeviceCondition;
import io.berth.core.session.Sessions;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/// The vendor's words for how a device is, and the numbers for the same.
enum DeviceStatus {
    UNACTIVE(0),
    ONLINE(1),
    OFFLINE(3),
    DISABLE(8);

    private final int number;

    DeviceStatus(int number) {
        this.number = number;
    }

    static DeviceStatus of(int number) {
        return Stream.of(values())
                .filter(status -> status.number == number)
                .findFirst()
                .orElseThrow(() -> GatewayException.invalid("Status", "it is none of 0, 1, 3, 8"));
    }

    static DeviceStatus of(String word) {
        return Stream.of(values())
                .filter(status -> status.name().equals(word))
                .findFirst()
                .orElseThrow(() -> new ProblemException(
                        Problem.INVALID_ARGUMENT, "a status is one of " + Arrays.toString(values())));
    }

    /// What the registry has to say of it: whether a device is online it knows a moment later.
    DeviceCondition condition() {
        DeviceCondition enabled = new DeviceCondition.Enabled();
        DeviceCondition attached = new DeviceCondition.Attached();
        return switch (this) {
            case DISABLE -> new DeviceCondition.Not(enabled);
            case ONLINE -> all(enabled, attached);
            case OFFLINE -> all(enabled, new DeviceCondition.Not(attached), DeviceCondition.activated());
            case UNACTIVE ->
                all(enabled, new DeviceCondition.Not(attached), new DeviceCondition.Not(DeviceCondition.activated()));
        };
    }

    private static DeviceCondition all(DeviceCondition... parts) {
        return new DeviceCondition.All(List.of(parts));
    }

    static DeviceStatus of(Device device, Sessions sessions) {
        if (!device.enabled()) {
            return DISABLE;
        }
        if (sessions.isOnline(device.id())) {
            return ONLINE;
        }
        return device.activated() == null ? UNACTIVE : OFFLINE;
    }
}
