package io.berth.dialect.huawei.device;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.core.Payload;
import io.berth.core.Value;
import io.berth.core.credential.Secret;
import io.berth.core.device.DeviceDirectory;
import io.berth.core.device.DeviceId;
import io.berth.core.device.DeviceRef;
import io.berth.core.device.DeviceSnapshot;
import io.berth.core.device.Devices;
import io.berth.core.message.Downlink;
import io.berth.core.message.Qos;
import io.berth.core.message.Uplink;
import io.berth.core.product.Product;
import io.berth.core.product.Product.AuthKind;
import io.berth.core.product.Product.DataFormat;
import io.berth.core.product.Product.NodeType;
import io.berth.core.product.Products;
import io.berth.core.session.Topology;
import io.berth.core.thing.Bounds;
import io.berth.core.thing.DataType;
import io.berth.core.thing.DataType.Real.Precision;
import io.berth.core.thing.DataType.Text.Measure;
import io.berth.core.thing.EventType;
import io.berth.core.thing.Module;
import io.berth.core.thing.Parameter;
import io.berth.core.thing.Property;
import io.berth.core.thing.ThingModel;
import io.berth.dialect.DeviceServices;
import io.berth.dialect.Outgoing;
import io.berth.dialect.Reading;
import io.berth.dialect.Route;
import io.berth.testing.TestClock;
import io.berth.testing.TestPlatform;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// One device of a modelled product on Huawei's wire, with the platform behind it in memory.
final class HuaweiBed {
    static final String OWN = "$oc/devices/room_d1/";
    static final DeviceId DEVICE = new DeviceId("rooms", "d1");
    static final String NOW_TEXT = "20261121T080000Z";

    final TestPlatform platform = new TestPlatform(new TestClock());
    final MemoryBranches branches = new MemoryBranches();
    private final DeviceDirectory directory = platform.registry.directory();
    private final DeviceServices services = platform.services(directory);
    final HuaweiWire wire;

    HuaweiBed() {
        product("rooms", "room", NodeType.DIRECT, model());
        product("bare", "bare", NodeType.SUB, ThingModel.EMPTY);
        device("rooms", "d1", "room_d1");
        wire = wire("room_d1");
    }

    /// What a device of the product `rooms` has: all types of spec huawei-iotda 10 in the service `Room`, one more
    /// property in the default one.
    private static ThingModel model() {
        Module room = module(
                "Room",
                List.of(
                        reported("count", new DataType.Int(Bounds.of(0, 100))),
                        reported("total", new DataType.Long(Bounds.NONE)),
                        reported("temp", new DataType.Real(Precision.DECIMAL, Bounds.of(-40, 80))),
                        reported("label", new DataType.Text(5, Measure.CHARACTERS, List.of())),
                        reported("mode", new DataType.Word(List.of("eco", "full"))),
                        reported("since", new DataType.Moment()),
                        reported("on", new DataType.Flag("", "")),
                        reported("extra", new DataType.Json()),
                        reported("names", new DataType.ListOf(text(), 3)),
                        new Property(Parameter.of("goal", new DataType.Int(Bounds.NONE)), false, true, false)),
                List.of(new EventType(
                        "alarm",
                        "alarm",
                        "",
                        EventType.Level.ALERT,
                        false,
                        List.of(Parameter.of("level", new DataType.Int(Bounds.of(1, 3)))))));
        return new ThingModel(List.of(room, module("", List.of(reported("load", text())), List.of())));
    }

    private static DataType text() {
        return new DataType.Text(64, Measure.CHARACTERS, List.of());
    }

    private static Module module(String id, List<Property> properties, List<EventType> events) {
        return new Module(id, id, "", "", Module.Presence.OPTIONAL, properties, events, List.of());
    }

    private static Property reported(String identifier, DataType type) {
        return new Property(Parameter.of(identifier, type), true, true, true);
    }

    Product product(String key, String alias, NodeType node, ThingModel model) {
        Products.Draft draft = new Products.Draft(key, key, alias, null, AuthKind.SECRET, node, DataFormat.JSON, false);
        Product product = platform.products.create(draft).withModel(model);
        platform.registry.products().update(product);
        return product;
    }

    DeviceId device(String product, String name, String deviceId) {
        DeviceId id = new DeviceId(product, name);
        platform.devices.create(new Devices.Draft(id, new Secret("secret"), deviceId, name));
        return id;
    }

    /// A device of the product without a model that stands behind the one on the wire.
    DeviceId child(String name) {
        DeviceId id = device("bare", name, "bare_" + name);
        services.topology().link(DEVICE, List.of(id), Topology.By.GATEWAY);
        return id;
    }

    HuaweiWire wire(String deviceId) {
        HuaweiWire opened = new HuaweiWire(snapshot(deviceId), services);
        opened.opened(branches);
        return opened;
    }

    DeviceSnapshot snapshot(String deviceId) {
        return directory
                .find(new DeviceRef.ByAlias(deviceId))
                .toCompletableFuture()
                .join()
                .orElseThrow();
    }

    /// Publishes below the device's root and does what the front would: looks up what has to be, and keeps what comes
    /// of it.
    Reading publishes(String path, String json) {
        return publishes(path.startsWith("/") ? path : OWN + path, Payload.of(json));
    }

    Reading publishes(String topic, Payload payload) {
        Reading reading = settled(((Route.Reader) wire.route(topic)).read(payload, Qos.AT_LEAST_ONCE));
        if (inner(reading) instanceof Reading.Accepted accepted) {
            keep(accepted.uplink());
        }
        return reading;
    }

    private static Reading settled(Reading reading) {
        return switch (reading) {
            case Reading.Later later -> settled(later.work().read());
            case Reading.Through through -> new Reading.Through(through.child(), settled(through.reading()));
            case Reading.Accepted _, Reading.Answered _, Reading.Dropped _ -> reading;
        };
    }

    private void keep(Uplink uplink) {
        switch (uplink) {
            case Uplink.PropertyReport report -> platform.things.append(List.of(report.facts()), _ -> {});
            case Uplink.EventReport report -> platform.things.append(List.of(report.facts()), _ -> {});
            case Uplink.Pack pack -> platform.things.append(pack.parts(), _ -> {});
            case Uplink.Message _, Uplink.Info _, Uplink.Reply _ -> {}
        }
    }

    static Reading inner(Reading reading) {
        return reading instanceof Reading.Through through ? through.reading() : reading;
    }

    static Reading.Accepted accepted(Reading reading) {
        return (Reading.Accepted) inner(reading);
    }

    /// The only answer, on `events/down` unless the test looks.
    static String answer(Reading reading) {
        Outgoing.@Nullable Publish reply = switch (inner(reading)) {
            case Reading.Accepted accepted -> accepted.reply();
            case Reading.Answered answered -> answered.reply();
            case Reading.Dropped dropped -> dropped.reply();
            case Reading.Later _, Reading.Through _ -> throw new AssertionError("not settled");
        };
        Outgoing.Publish answer = Objects.requireNonNull(reply, "no answer");
        assertThat(answer.implicit()).isTrue();
        return answer.topic() + " " + answer.payload().text();
    }

    /// What a downlink looks like on the wire.
    static String written(Outgoing outgoing) {
        Outgoing.Publish publish = (Outgoing.Publish) outgoing;
        return publish.topic() + " " + publish.payload().text();
    }

    String told(Downlink downlink) {
        return written(wire.write(downlink));
    }

    @Nullable
    Value value(DeviceId device, String key) {
        var known = platform.things.state(device).reported().get(key);
        return known == null ? null : known.value();
    }
}
