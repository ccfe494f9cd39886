package io.berth.dialect.aliyun.device;

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

/// One logged-in device on Alibaba's wire.
final class AliyunWire implements MqttWire {
    private static final Route FOREIGN = new Route.Refused("not a topic of this device");

    private final DeviceServices services;
    private final boolean subscribesImplicitly;
    private final boolean takesExtendedRequests;
    /// Also read on the session's lane.
    private volatile DeviceSnapshot device;

    AliyunWire(DeviceSnapshot device, AliyunClientId clientId, DeviceServices services) {
        this.device = device;
        this.services = services;
        this.subscribesImplicitly = clientId.subscribesImplicitly();
        this.takesExtendedRequests = clientId.takesExtendedRequests();
    }

    @Override
    public void update(DeviceSnapshot changed) {
        device = changed;
    }

    @Override
    public Route route(String topic) {
        String plain = AliyunTopics.withoutScriptSuffix(topic);
        Optional<Match<AliyunUplinks.Row>> row =
                AliyunTopics.UPLINKS.find(plain).filter(match -> AliyunTopics.isOwn(match, id()));
        return row.isEmpty() ? FOREIGN : row.get().handler().open(this, plain, row.get());
    }

    @Override
    public boolean maySubscribe(TopicFilter filter) {
        return AliyunTopics.maySubscribe(filter, id(), product());
    }

    @Override
    public Outgoing write(Downlink downlink) {
        return new AliyunDownlinks(id(), subscribesImplicitly, takesExtendedRequests).write(downlink);
    }

    /// The sender alone decides (spec aliyun-device 5.1).
    @Override
    public Qos deliveryQos(Qos granted, Qos sent) {
        return sent;
    }

    /// Replies go out at QoS 0.
    Outgoing.Publish reply(String topic, Payload payload) {
        return new Outgoing.Publish(topic, Qos.AT_MOST_ONCE, payload, subscribesImplicitly, Qos.AT_MOST_ONCE);
    }

    /// Gathers a report of this device.
    AlinkReport report() {
        return new AlinkReport(product().model(), services);
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

    Product product() {
        return device.product();
    }
}
