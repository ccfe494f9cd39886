package io.berth.dialect.aliyun.openapi;

import io.berth.core.device.Device;
import io.berth.core.session.Sessions;

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

    int number() {
        return number;
    }

    static DeviceStatus of(Device device, Sessions sessions) {
        if (!device.enabled()) {
            return DISABLE;
        }
        if (sessions.isAttached(device.id())) {
            return ONLINE;
        }
        return device.activated() == null ? UNACTIVE : OFFLINE;
    }
}
