package io.berth.dialect.huawei.device;

import io.berth.core.Payload;
import io.berth.core.device.DeviceSnapshot;
import io.berth.core.message.Downlink;
import io.berth.core.message.Qos;
import io.berth.core.product.Product;
import io.berth.core.topic.TopicFilter;
import io.berth.dialect.Branches;
import io.berth.dialect.DeviceServices;
import io.berth.dialect.MqttWire;
import io.berth.dialect.Outgoing;
import io.berth.dialect.Route;
import io.berth.dialect.TopicTable.Match;
import java.util.Optional;

/// One logged-in device on Huawei's wire.
final class HuaweiWire implements MqttWire {
    private static final Route FOREIGN = new Route.Refused("not a topic of this device");

    private final DeviceServices services;
    private DeviceSnapshot device;
    private Branches branches = Branches.NONE;

    /// The last `config_update`: devices answer it without saying which they mean, and the vendor has one at
    /// a time.
    private String configId = "";

    HuaweiWire(DeviceSnapshot device, DeviceServices services) {
        this.device = device;
        this.services = services;
    }

    @Override
    public void opened(Branches behind) {
        branches = behind;
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
        if (downlink instanceof Downlink.ConfigPushed config) {
            configId = config.id();
        }
        return new HuaweiDownlinks(HuaweiAddress.own(deviceId()), services.clock()).write(downlink);
    }

    /// For whom the connection speaks at this moment; any thread may use what comes.
    HuaweiGateway gateway() {
        return new HuaweiGateway(device, branches, services);
    }

    String configId() {
        return configId;
    }

    DeviceSnapshot device() {
        return device;
    }

    Arrived arrived(String topic, Qos qos, Payload payload) {
        return new Arrived(topic, qos, payload, services.clock().instant());
    }

    private String deviceId() {
        return device.device().alias();
    }

    Product product() {
        return device.product();
    }
}
