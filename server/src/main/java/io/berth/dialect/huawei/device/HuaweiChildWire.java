package io.berth.dialect.huawei.device;

import io.berth.core.device.DeviceSnapshot;
import io.berth.core.message.Downlink;
import io.berth.core.topic.TopicFilter;
import io.berth.dialect.MqttWire;
import io.berth.dialect.Outgoing;
import io.berth.dialect.Route;
import java.time.InstantSource;

/// A device behind a gateway. It has no topics: what it says comes on its gateway's, what it is told goes out
/// on them, and `object_device_id` in the payload says that it is meant (spec huawei-iotda 3.1).
final class HuaweiChildWire implements MqttWire {
    private final String gatewayId;
    private final InstantSource clock;
    private DeviceSnapshot device;

    HuaweiChildWire(DeviceSnapshot device, String gatewayId, InstantSource clock) {
        this.device = device;
        this.gatewayId = gatewayId;
        this.clock = clock;
    }

    @Override
    public void update(DeviceSnapshot changed) {
        device = changed;
    }

    @Override
    public Route route(String topic) {
        return new Route.Refused("a device behind a gateway has no topics");
    }

    @Override
    public boolean maySubscribe(TopicFilter filter) {
        return false;
    }

    @Override
    public Outgoing write(Downlink downlink) {
        return new HuaweiDownlinks(new HuaweiAddress(gatewayId, device.device().alias()), clock).write(downlink);
    }
}
