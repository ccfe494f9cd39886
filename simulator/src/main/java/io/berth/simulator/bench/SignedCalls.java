package io.berth.simulator.bench;

import io.berth.simulator.application.AliyunApplication;
import io.berth.simulator.application.Application;
import io.berth.simulator.application.HuaweiApplication;
import io.berth.simulator.application.KeyPair;
import io.berth.simulator.device.Device;
import io.berth.simulator.device.Dialect;
import io.berth.simulator.device.Fleet;
import io.berth.simulator.target.ApiDoor;
import io.berth.simulator.wire.HttpCall;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/// What applications ask about a fleet, each device in the words of its own vendor, in turn. Any thread.
final class SignedCalls {
    private final String product;
    private final List<Device> devices;
    private final int connected;
    private final Application aliyun;
    private final Application huawei;
    private final AtomicInteger next = new AtomicInteger();
    /// Registered names are new in every run.
    private final String prefix = "r" + Long.toString(System.currentTimeMillis(), 36) + "-";

    /// @param connected how many devices of the fleet, from the first, are there to get messages
    SignedCalls(Fleet fleet, int connected, KeyPair key, ApiDoor door) {
        this.product = fleet.product();
        this.devices = fleet.devices();
        this.connected = connected;
        this.aliyun = new AliyunApplication(key, door.endpoint().toString());
        this.huawei = new HuaweiApplication(key, door.endpoint().toString());
    }

    HttpCall detail() {
        Device device = nextOf(devices.size());
        return of(device).detail(device.identity());
    }

    HttpCall register() {
        int number = next.getAndIncrement();
        return of(devices.get(Math.floorMod(number, devices.size()))).register(product, prefix + number);
    }

    HttpCall message(String text) {
        Device device = nextOf(connected);
        return of(device).message(device.identity(), text);
    }

    private Device nextOf(int count) {
        return devices.get(Math.floorMod(next.getAndIncrement(), count));
    }

    private Application of(Device device) {
        return device.dialect().equals(Dialect.HUAWEI) ? huawei : aliyun;
    }
}
