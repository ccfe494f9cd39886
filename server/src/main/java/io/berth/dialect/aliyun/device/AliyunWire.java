package io.berth.dialect.aliyun.device;

import io.berth.core.Payload;
import io.berth.core.device.DeviceId;
import io.berth.core.device.DeviceSnapshot;
import io.berth.core.device.Unit;
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
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One logged-in device on Alibaba's wire: with a connection of its own, or as the child of a gateway over the
/// gateway's.
final class AliyunWire implements MqttWire {
    private static final Route FOREIGN = new Route.Refused("not a topic of this device");

    /// The vendor's 520: the topic may be of a device behind this one that has not logged in.
    private static final Route NO_SESSION = new Route.Refused(AlinkCode.NO_SESSION.message());

    private final DeviceServices services;
    private final boolean subscribesImplicitly;
    private final boolean takesExtendedRequests;
    private final boolean isChild;
    /// Which of the physical devices of its name it is; null for one with a secret of its own.
    private final @Nullable Unit unit;
    private final ShortIds shortIds = new ShortIds();
    /// Also read on the session's lane.
    private volatile DeviceSnapshot device;
    private Branches branches = Branches.NONE;
    private @Nullable AliyunGateway gateway;

    AliyunWire(DeviceSnapshot device, AliyunClientId clientId, DeviceServices services) {
        this(device, clientId, services, false, null);
    }

    static AliyunWire ofChild(DeviceSnapshot device, AliyunClientId clientId, DeviceServices services) {
        return new AliyunWire(device, clientId, services, true, null);
    }

    static AliyunWire ofUnit(DeviceSnapshot device, AliyunClientId clientId, DeviceServices services, Unit unit) {
        return new AliyunWire(device, clientId, services, false, unit);
    }

    private AliyunWire(
            DeviceSnapshot device,
            AliyunClientId clientId,
            DeviceServices services,
            boolean isChild,
            @Nullable Unit unit) {
        this.device = device;
        this.services = services;
        this.isChild = isChild;
        this.unit = unit;
        this.subscribesImplicitly = clientId.subscribesImplicitly();
        this.takesExtendedRequests = clientId.takesExtendedRequests();
    }

    @Override
    public void opened(Branches opened) {
        branches = opened;
        if (unit != null) {
            services.units().loggedIn(id(), unit);
        }
    }

    @Override
    public void update(DeviceSnapshot changed) {
        device = changed;
    }

    @Override
    public Route route(String topic) {
        Optional<AliyunWire> child = child(topic);
        if (child.isPresent()) {
            return child.get().route(topic) instanceof Route.Reader reader
                    ? new Route.Through(child.get().id(), reader)
                    : FOREIGN;
        }
        String plain = AliyunTopics.withoutScriptSuffix(topic);
        Optional<Match<AliyunUplinks.Row>> row =
                AliyunTopics.UPLINKS.find(plain).filter(match -> AliyunTopics.isOwn(match, id()));
        if (row.isPresent()) {
            return scripted(topic, plain, row.get().handler().open(this, plain, row.get()));
        }
        return product().nodeType() == Product.NodeType.GATEWAY ? NO_SESSION : FOREIGN;
    }

    /// A sender may ask for the script on custom topics only.
    private Route scripted(String topic, String plain, Route route) {
        return !topic.equals(plain) && AliyunTopics.isCustom(plain) && route instanceof Route.Reader reader
                ? AliyunRaw.transformed(this, plain, reader)
                : route;
    }

    @Override
    public boolean maySubscribe(TopicFilter filter) {
        return AliyunTopics.maySubscribe(filter, id(), product())
                || child(filter.text())
                        .filter(child -> child.maySubscribe(filter))
                        .isPresent()
                || AliyunTopics.isBroadcast(filter, branches.attached());
    }

    @Override
    public @Nullable DeviceId childOf(TopicFilter filter) {
        return child(filter.text()).map(AliyunWire::id).orElse(null);
    }

    /// The device behind this one whose topic or filter this is.
    private Optional<AliyunWire> child(String topic) {
        return AliyunTopics.owner(topic)
                .map(branches::wire)
                .filter(AliyunWire.class::isInstance)
                .map(AliyunWire.class::cast);
    }

    @Override
    public Outgoing write(Downlink downlink) {
        return new AliyunDownlinks(this).write(downlink);
    }

    /// The sender alone decides (spec aliyun-device 5.1).
    @Override
    public Qos deliveryQos(Qos granted, Qos sent) {
        return sent;
    }

    /// Replies go out at QoS 0.
    Outgoing.Publish reply(String topic, Payload payload) {
        return system(topic, Qos.AT_MOST_ONCE, payload);
    }

    /// On a topic of the system, which some sessions need not subscribe (R9).
    Outgoing.Publish system(String topic, Qos qos, Payload payload) {
        return new Outgoing.Publish(topic, allowed(qos), payload, subscribesImplicitly, allowed(qos));
    }

    /// On a topic that reaches those who subscribed it.
    Outgoing.Publish subscribed(String topic, Qos qos, Payload payload) {
        return Outgoing.Publish.subscribed(topic, allowed(qos), payload);
    }

    /// Children are sent nothing that has to be confirmed (spec aliyun-device 5.1).
    private Qos allowed(Qos qos) {
        return isChild ? Qos.AT_MOST_ONCE : qos;
    }

    /// Whether the device takes requests on `/ext/rrpc/…` (R10).
    boolean takesExtendedRequests() {
        return takesExtendedRequests;
    }

    /// Gathers a report of this device.
    AlinkReport report() {
        return new AlinkReport(product().model(), services);
    }

    /// What it asks for the devices behind it. On the session's lane.
    AliyunGateway gateway() {
        AliyunGateway known = gateway;
        if (known == null) {
            known = new AliyunGateway(
                    this, branches, new AliyunPace(services.rules().childrenPerSecond(), services.clock()));
            gateway = known;
        }
        return known;
    }

    /// What it was asked in bytes.
    ShortIds shortIds() {
        return shortIds;
    }

    boolean isChild() {
        return isChild;
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
