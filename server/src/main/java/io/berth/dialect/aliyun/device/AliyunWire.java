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
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One logged-in device on Alibaba's wire: with a connection of its own, or as the child of a gateway over the
/// gateway's.
final class AliyunWire implements MqttWire {
    /// As what it came in.
    ///
    /// @param isChild over the connection of a gateway
    /// @param unit which of the physical devices of its name it is; null for one with a secret of its own
    /// @param asksWhoItIs whether it is to be told its own names
    private record Standing(boolean isChild, @Nullable Unit unit, boolean asksWhoItIs) {
        static final Standing ALONE = new Standing(false, null, false);
        static final Standing CHILD = new Standing(true, null, false);
    }

    private static final Route FOREIGN = new Route.Refused("not a topic of this device");

    /// The vendor's 520: the topic may be of a device behind this one that has not logged in.
    private static final Route NO_SESSION = new Route.Refused(AlinkCode.NO_SESSION.message());

    private final DeviceServices services;
    private final boolean subscribesImplicitly;
    private final boolean takesExtendedRequests;
    private final Standing standing;
    private final ShortIds shortIds = new ShortIds();
    /// Also read on the session's lane.
    private volatile DeviceSnapshot device;
    private Branches branches = Branches.NONE;
    private @Nullable AliyunGateway gateway;

    AliyunWire(DeviceSnapshot device, AliyunClientId clientId, DeviceServices services) {
        this(device, clientId, services, Standing.ALONE);
    }

    static AliyunWire ofChild(DeviceSnapshot device, AliyunClientId clientId, DeviceServices services) {
        return new AliyunWire(device, clientId, services, Standing.CHILD);
    }

    static AliyunWire ofUnit(DeviceSnapshot device, AliyunClientId clientId, DeviceServices services, Unit unit) {
        return new AliyunWire(device, clientId, services, new Standing(false, unit, false));
    }

    /// One that showed a certificate, and learns from the platform who it is.
    ///
    /// @param asksWhoItIs whether it did not say so itself
    static AliyunWire ofShown(
            DeviceSnapshot device, AliyunClientId clientId, DeviceServices services, boolean asksWhoItIs) {
        return new AliyunWire(device, clientId, services, new Standing(false, null, asksWhoItIs));
    }

    private AliyunWire(DeviceSnapshot device, AliyunClientId clientId, DeviceServices services, Standing standing) {
        this.device = device;
        this.services = services;
        this.standing = standing;
        this.subscribesImplicitly = clientId.subscribesImplicitly();
        this.takesExtendedRequests = clientId.takesExtendedRequests();
    }

    @Override
    public void opened(Branches opened) {
        branches = opened;
        if (standing.unit() != null) {
            services.units().loggedIn(id(), standing.unit());
        }
    }

    /// Exactly these octets: firmware looks for them (spec aliyun-device 1.6).
    @Override
    public List<Outgoing.Publish> greeting() {
        if (!standing.asksWhoItIs()) {
            return List.of();
        }
        String identity = "{\"productKey\":\"" + id().product() + "\",\"deviceName\":\"" + id().name() + "\"}";
        return List.of(new Outgoing.Publish(
                "/ext/auth/identity/response", Qos.AT_MOST_ONCE, Payload.of(identity), true, Qos.AT_MOST_ONCE));
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
        return standing.isChild() ? Qos.AT_MOST_ONCE : qos;
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
        return standing.isChild();
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
