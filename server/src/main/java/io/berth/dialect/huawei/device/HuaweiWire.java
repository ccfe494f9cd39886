package io.berth.dialect.huawei.device;

import io.berth.core.Payload;
import io.berth.core.device.DeviceId;
import io.berth.core.device.DeviceSnapshot;
import io.berth.core.message.Downlink;
import io.berth.core.message.Qos;
import io.berth.core.product.Product;
import io.berth.core.topic.TopicFilter;
import io.berth.dialect.DeviceServices;
import io.berth.dialect.MqttWire;
import io.berth.dialect.Outgoing;
import io.berth.dialect.Route;
import io.berth.dialect.TopicTable.Match;
import java.time.InstantSource;
import java.util.Optional;

/// One logged-in device on Huawei's wire.
final class HuaweiWire implements MqttWire {
    private static final Route FOREIGN = new Route.Refused("not a topic of this device");

    private final DeviceServices services;
    private DeviceSnapshot device;

    HuaweiWire(DeviceSnapshot device, DeviceServices services) {
        this.device = device;
        this.services = services;
    }

    @Override
    public void update(DeviceSnapshot changed) {
        device = changed;
    }

    @Override
    public Route route(String topic) {
        Optional<Match<HuaweiUplinks.Row>> row = HuaweiTopics.UPLINKS
                .find(topic)
                .filter(match ->
                        match.variables().getOrDefault("device", deviceId()).equals(deviceId()));
        return row.isEmpty() ? FOREIGN : row.get().handler().open(this, topic, row.get());
    }

    @Override
    public boolean maySubscribe(TopicFilter filter) {
        return HuaweiTopics.maySubscribe(filter, deviceId(), product());
    }

    @Override
    public Outgoing write(Downlink downlink) {
        return new HuaweiDownlinks(deviceId()).write(downlink);
    }

    /// A system message: at QoS 0 whether subscribed or not.
    Outgoing.Publish system(String path, Payload payload) {
        return Outgoing.Publish.implicit("$oc/devices/" + deviceId() + "/sys/" + path, Qos.AT_MOST_ONCE, payload);
    }

    DeviceServices services() {
        return services;
    }

    InstantSource clock() {
        return services.clock();
    }

    DeviceId id() {
        return device.id();
    }

    String deviceId() {
        return device.device().alias();
    }

    Product product() {
        return device.product();
    }
}
