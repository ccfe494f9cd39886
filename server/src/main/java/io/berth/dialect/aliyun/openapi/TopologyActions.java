package io.berth.dialect.aliyun.openapi;

import io.berth.core.Payload;
import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.Value;
import io.berth.core.caller.Area;
import io.berth.core.caller.Reach;
import io.berth.core.device.Device;
import io.berth.core.device.DeviceId;
import io.berth.core.message.AwaitedDelivery;
import io.berth.core.message.Downlink;
import io.berth.core.product.Product;
import io.berth.core.session.Downlinks;
import io.berth.core.session.Requests;
import io.berth.core.session.Topology;
import io.berth.core.session.Topology.By;
import io.berth.dialect.aliyun.device.AliyunItem;
import io.berth.json.Members;
import io.berth.json.ValueJson;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Gateway topology (spec aliyun-openapi 3.2): which devices stand behind which gateway.
final class TopologyActions implements Action.Group {
    private static final int MAX_ENTRIES = 30;
    private static final int MAX_PAGE = 50;

    private final Topology topology;
    private final Requests requests;
    private final Downlinks downlinks;
    private final DeviceWords words;

    TopologyActions(Topology topology, Requests requests, Downlinks downlinks, DeviceWords words) {
        this.topology = topology;
        this.requests = requests;
        this.downlinks = downlinks;
        this.words = words;
    }

    @Override
    public List<Action<?>> actions() {
        Action.About about = new Action.About(Area.GATEWAYS, Family.TOPOLOGY);
        return List.of(
                about.changes("NotifyAddThingTopo", Invitation.class, this::invite),
                about.changes("BatchAddThingTopo", Additions.class, this::add),
                about.failing("device.QueryTopoRelationFailed").reads("GetThingTopo", ChildPage.class, this::list),
                about.failing("device.RemoveTopoRelationFailed")
                        .changes("RemoveThingTopo", DeviceActions.OneDevice.class, this::remove),
                about.failing("device.QueryTopoRelationFailed")
                        .reads("GetGatewayBySubDevice", DeviceActions.OneDevice.class, this::gateway));
    }

    record Invitation(
            @Nullable String gwIotId,
            @Nullable String gwProductKey,
            @Nullable String gwDeviceName,
            String deviceListStr) {}

    record Additions(String gwProductKey, String gwDeviceName, List<Addition> topoAddItem) {}

    record Addition(
            String productKey,
            String deviceName,
            String sign,
            String signMethod,
            @Nullable String clientId,
            @Nullable String timestamp) {
        AliyunItem item() {
            Members members = new Members()
                    .with("productKey", productKey)
                    .with("deviceName", deviceName)
                    .with("sign", sign)
                    .with("signMethod", signMethod);
            members.withUnlessEmpty("clientId", clientId == null ? "" : clientId);
            members.withUnlessEmpty("timestamp", timestamp == null ? "" : timestamp);
            return AliyunItem.of(members.end()).orElseThrow();
        }
    }

    record ChildPage(DeviceName device, int pageNo, int pageSize) {}

    private Value.Fields invite(Call<Invitation> call) throws InterruptedException {
        Invitation wanted = call.input();
        DeviceId gateway =
                gateway(call, new DeviceName(wanted.gwIotId(), wanted.gwProductKey(), wanted.gwDeviceName()));
        String id = requests.nextId();
        AwaitedDelivery delivery = new AwaitedDelivery();
        downlinks.send(gateway, new Downlink.TopologyWanted(id, children(call, wanted.deviceListStr())), delivery);
        delivery.await(Duration.ZERO);
        return Value.Fields.of("Data", Value.Fields.of("MessageId", new Value.Text(id)));
    }

    /// The signature of each device says that it wants to stand there.
    private Value.Fields add(Call<Additions> call) {
        DeviceId gateway = gateway(
                call,
                new DeviceName(null, call.input().gwProductKey(), call.input().gwDeviceName()));
        demandFew(call.input().topoAddItem().size());
        List<DeviceId> children = call.input().topoAddItem().stream()
                .map(added -> signed(call.reach(), added))
                .distinct()
                .toList();
        topology.link(gateway, children, By.APPLICATION);
        return Value.Fields.NONE;
    }

    private Value.Fields list(Call<ChildPage> call) {
        DeviceId gateway = call.device(call.input().device()).id();
        Paging paging = Paging.of(call.input().pageNo(), call.input().pageSize(), MAX_PAGE);
        List<DeviceId> children = Paging.all(page -> topology.children(gateway, page));
        List<Value.Fields> shown = paging.of(children).stream()
                .flatMap(child -> call.find(child).stream())
                .map(child -> DeviceWords.name(child).end())
                .toList();
        Members data = new Members().with("List", Value.Fields.of("deviceInfo", new Value.Items(List.copyOf(shown))));
        return Value.Fields.of(
                "Data", paging.tell(data, "CurrentPage", children.size()).end());
    }

    private Value.Fields remove(Call<DeviceActions.OneDevice> call) {
        DeviceId child = call.device(call.input().device()).id();
        topology.unlink(gatewayOf(child), List.of(child), By.APPLICATION);
        return Value.Fields.of("Data", new Value.Flag(true));
    }

    private Value.Fields gateway(Call<DeviceActions.OneDevice> call) {
        Device child = call.device(call.input().device());
        Device gateway = call.reach().device(gatewayOf(child.id()));
        // only here they are spelt in lower case
        Members data = new Members()
                .with("DeviceName", gateway.id().name())
                .with("DeviceSecret", call.secret(gateway))
                .with("ProductKey", gateway.id().product())
                .with("iotId", gateway.alias())
                .with("region", words.region());
        return Value.Fields.of(
                "Data",
                words.tell(data, gateway, call.product(gateway.id().product())).end());
    }

    private DeviceId gatewayOf(DeviceId child) {
        return topology.gatewayOf(child)
                .orElseThrow(() -> new ProblemException(Problem.NOT_FOUND, child + " stands behind no gateway"));
    }

    private static DeviceId gateway(Call<?> call, DeviceName name) {
        DeviceId gateway = call.device(name).id();
        boolean isGateway = call.product(gateway.product()).nodeType() == Product.NodeType.GATEWAY;
        Refusal.require(isGateway, "device.AddTopoRelationFailed", gateway + " is no gateway");
        return gateway;
    }

    private static DeviceId signed(Reach reach, Addition added) {
        Device child = DeviceName.in(reach, added.productKey(), added.deviceName());
        AliyunItem item = added.item();
        Refusal.require(
                item.isSigned() && item.isLoginBy(child.secret()),
                "device.AddTopoRelationFailed",
                "the signature of " + child.id() + " is wrong");
        return child.id();
    }

    /// `[{"productKey":…,"deviceName":…},{"iotId":…}]`, the names in two spellings.
    private static List<DeviceId> children(Call<?> call, String json) {
        Optional<Value> list = ValueJson.read(Payload.of(json));
        if (!(list.orElse(Value.Nothing.NOTHING) instanceof Value.Items(List<Value> items))) {
            throw GatewayException.invalid("DeviceListStr", "it is no JSON array");
        }
        demandFew(items.size());
        return items.stream()
                .map(item -> call.device(new DeviceName(
                                member(item, "iotId"), member(item, "productKey"), member(item, "deviceName")))
                        .id())
                .toList();
    }

    private static @Nullable String member(Value item, String name) {
        return item instanceof Value.Fields fields
                ? fields.fields().entrySet().stream()
                        .filter(each -> each.getKey().equalsIgnoreCase(name))
                        .map(each -> each.getValue() instanceof Value.Text(String text) ? text : "")
                        .filter(text -> !text.isEmpty())
                        .findFirst()
                        .orElse(null)
                : null;
    }

    private static void demandFew(int count) {
        Refusal.require(
                count >= 1 && count <= MAX_ENTRIES,
                "device.AddTopoRelationFailed",
                "1 to " + MAX_ENTRIES + " devices at a time");
    }
}
