package io.berth.api;

import static io.berth.core.ProblemException.require;

import io.berth.api.Route.Nothing;
import io.berth.core.Page;
import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.caller.Area;
import io.berth.core.device.DeviceId;
import io.berth.core.device.Devices;
import io.berth.core.message.AwaitedDelivery;
import io.berth.core.message.Downlink;
import io.berth.core.product.Product.NodeType;
import io.berth.core.product.Products;
import io.berth.core.session.Downlinks;
import io.berth.core.session.Requests;
import io.berth.core.session.Session;
import io.berth.core.session.Sessions;
import io.berth.core.session.Topology;
import io.berth.core.session.Topology.By;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Which devices stand behind which gateway.
public final class TopologyRoutes implements NativeApi.Group {
    private static final int MAX_JOIN_SECONDS = 3600;
    private static final int DEFAULT_JOIN_SECONDS = 60;

    private final Products products;
    private final Devices devices;
    private final Topology topology;
    private final Sessions sessions;
    private final Requests requests;
    private final Downlinks downlinks;

    public TopologyRoutes(
            Products products,
            Devices devices,
            Topology topology,
            Sessions sessions,
            Requests requests,
            Downlinks downlinks) {
        this.products = products;
        this.devices = devices;
        this.topology = topology;
        this.sessions = sessions;
        this.requests = requests;
        this.downlinks = downlinks;
    }

    @Override
    public List<Route<?, ?>> routes() {
        String device = "/products/{product}/devices/{device}";
        String children = device + "/children";
        return List.of(
                Route.get(
                        children,
                        Demand.read(Area.GATEWAYS),
                        "Lists the devices behind a gateway",
                        Paging.class,
                        ChildPage.class,
                        this::list),
                Route.post(
                        children,
                        Demand.operate(Area.GATEWAYS),
                        "Puts a device behind a gateway, taking it from another",
                        DeviceName.class,
                        Changed.class,
                        this::add),
                Route.delete(
                        children,
                        Demand.operate(Area.GATEWAYS),
                        "Takes a device from behind a gateway",
                        Child.class,
                        this::remove),
                Route.post(
                        children + "/invite",
                        Demand.operate(Area.GATEWAYS),
                        "Asks a gateway to add a device to those behind it",
                        DeviceName.class,
                        Nothing.class,
                        this::invite),
                Route.post(
                        children + "/permit",
                        Demand.operate(Area.GATEWAYS),
                        "Lets devices of a product join a gateway for some seconds",
                        Join.class,
                        Nothing.class,
                        this::permit),
                Route.get(
                        device + "/gateway",
                        Demand.read(Area.GATEWAYS),
                        "Shows the gateway a device stands behind",
                        Nothing.class,
                        DeviceName.class,
                        this::gateway));
    }

    public record DeviceName(String product, String device) {
        private static DeviceName of(DeviceId id) {
            return new DeviceName(id.product(), id.name());
        }

        private DeviceId id() {
            return new DeviceId(product, device);
        }
    }

    /// A query, beside a path that names the gateway.
    public record Child(String childProduct, String childDevice) {}

    /// @param version counts the changes of this gateway's children
    public record ChildPage(
            List<ShownChild> items, long version, @Nullable String next) {}

    /// @param online whether it speaks through this gateway now
    public record ShownChild(String product, String device, boolean online) {}

    /// @param from the gateway it was taken from, null when there was none
    public record Changed(
            boolean changed, long version, @Nullable DeviceName from) {}

    public record Join(String product, @Nullable Integer seconds) {}

    private ChildPage list(Call<Paging> call) {
        DeviceId gateway = devices.get(call.device()).id();
        Page<DeviceId> page = topology.children(gateway, call.input().request());
        return new ChildPage(
                Paging.items(page, child -> shown(gateway, child)), topology.version(gateway), page.next());
    }

    private ShownChild shown(DeviceId gateway, DeviceId child) {
        Session session = sessions.find(child);
        return new ShownChild(child.product(), child.name(), session != null && gateway.equals(session.gateway()));
    }

    private Changed add(Call<DeviceName> call) {
        DeviceId gateway = gatewayOf(call.device());
        call.reach(call.input().product());
        DeviceId child = devices.get(call.input().id()).id();
        require(!child.equals(gateway), "a gateway cannot stand behind itself");
        var linked = topology.link(gateway, List.of(child), By.APPLICATION);
        DeviceId from = linked.from().get(child);
        return new Changed(!linked.changed().isEmpty(), linked.version(), from == null ? null : DeviceName.of(from));
    }

    private void remove(Call<Child> call) {
        DeviceId gateway = devices.get(call.device()).id();
        call.reach(call.input().childProduct());
        DeviceId child = new DeviceId(call.input().childProduct(), call.input().childDevice());
        if (topology.unlink(gateway, List.of(child), By.APPLICATION).changed().isEmpty()) {
            throw new ProblemException(Problem.NOT_FOUND, child + " does not stand behind " + gateway);
        }
    }

    private Nothing invite(Call<DeviceName> call) throws InterruptedException {
        DeviceId gateway = gatewayOf(call.device());
        call.reach(call.input().product());
        DeviceId child = devices.get(call.input().id()).id();
        return tell(gateway, new Downlink.TopologyWanted(requests.nextId(), List.of(child)));
    }

    private Nothing permit(Call<Join> call) throws InterruptedException {
        int seconds = Objects.requireNonNullElse(call.input().seconds(), DEFAULT_JOIN_SECONDS);
        require(seconds >= 0 && seconds <= MAX_JOIN_SECONDS, "\"seconds\" must be 0 (no more) to " + MAX_JOIN_SECONDS);
        call.reach(call.input().product());
        String product = products.get(call.input().product()).key();
        return tell(gatewayOf(call.device()), new Downlink.JoinPermitted(requests.nextId(), product, seconds));
    }

    /// The gateway is told at once or not at all: why not, the caller hears.
    private Nothing tell(DeviceId gateway, Downlink downlink) throws InterruptedException {
        AwaitedDelivery delivery = new AwaitedDelivery();
        downlinks.send(gateway, downlink, delivery);
        delivery.await(Duration.ZERO);
        return new Nothing();
    }

    private DeviceId gatewayOf(DeviceId id) {
        DeviceId gateway = devices.get(id).id();
        require(
                products.get(gateway.product()).nodeType() == NodeType.GATEWAY,
                gateway + " is no gateway: product " + gateway.product() + " was not made with node = gateway");
        return gateway;
    }

    private DeviceName gateway(Call<Nothing> call) {
        DeviceId child = devices.get(call.device()).id();
        return topology.gatewayOf(child)
                .map(DeviceName::of)
                .orElseThrow(() -> new ProblemException(Problem.NOT_FOUND, child + " stands behind no gateway"));
    }
}
