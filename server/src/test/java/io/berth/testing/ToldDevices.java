package io.berth.testing;

import io.berth.core.Payload;
import io.berth.core.Value;
import io.berth.core.credential.Secret;
import io.berth.core.device.DeviceId;
import io.berth.core.device.Devices;
import io.berth.core.message.Event;
import io.berth.core.message.Fact;
import io.berth.core.message.MessageProperties;
import io.berth.core.message.Notification;
import io.berth.core.message.Origin;
import io.berth.core.message.Qos;
import io.berth.core.product.Product;
import io.berth.core.product.Products;
import io.berth.core.thing.Bounds;
import io.berth.core.thing.DataType;
import io.berth.core.thing.EventType;
import io.berth.core.thing.Module;
import io.berth.core.thing.Parameter;
import io.berth.core.thing.Property;
import io.berth.core.thing.Sample;
import io.berth.core.thing.ThingModel;
import io.berth.json.ValueJson;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The pump, the gateway and the bare device of the specification's samples, and events about them.
public final class ToldDevices {
    public static final DeviceId PUMP = new DeviceId("a1BerthTest", "pump-07");
    public static final DeviceId GATEWAY = new DeviceId("a1BerthGate", "gw-1");
    /// Of a product without a thing model.
    public static final DeviceId BARE = new DeviceId("a1Bare", "bare-1");

    public static final String PUMP_ALIAS = "fK2mVb7Qx0aLr9ZtUeYc000101";
    public static final String GATEWAY_ALIAS = "Gw3sT0pQeLm4ZrXa7uBd000101";
    public static final Instant NOW = Instant.parse("2026-11-21T08:00:03.118Z");

    /// `0x19ab3c1d2e3f4a5b`, which looks like the ids of events.
    public static final long ID = 0x19ab_3c1d_2e3f_4a5bL;

    private static final ThingModel MODEL = new ThingModel(List.of(
            new Module(
                    "",
                    "",
                    "",
                    "",
                    Module.Presence.MASTER,
                    List.of(
                            property("Flow", new DataType.Real(DataType.Real.Precision.DOUBLE, Bounds.NONE)),
                            property("Power", new DataType.Flag("", "")),
                            property("Speed", new DataType.Int(Bounds.of(0, 100)))),
                    List.of(new EventType(
                            "Leak",
                            "Leak",
                            "",
                            EventType.Level.ALERT,
                            false,
                            List.of(Parameter.of("Level", new DataType.Int(Bounds.of(0, 9)))))),
                    List.of()),
            new Module(
                    "motor",
                    "",
                    "",
                    "",
                    Module.Presence.OPTIONAL,
                    List.of(property("Heat", new DataType.Int(Bounds.of(0, 200)))),
                    List.of(),
                    List.of())));

    public final MemoryRegistry registry = new MemoryRegistry();
    public final MemoryBelongings belongings = new MemoryBelongings();
    private final TestClock clock = new TestClock();
    public final Products products = new Products(registry.products(), clock, _ -> {});
    public final Devices devices = new Devices(registry.devices(), products, clock, (_, _) -> {});

    public ToldDevices() {
        product("a1BerthTest", "pumps", Product.NodeType.DIRECT, MODEL);
        product("a1BerthGate", "gates", Product.NodeType.GATEWAY, ThingModel.EMPTY);
        product("a1Bare", "bare", Product.NodeType.SUB, ThingModel.EMPTY);
        devices.create(new Devices.Draft(PUMP, new Secret("s3cret"), PUMP_ALIAS, "pump-node"));
        devices.create(new Devices.Draft(GATEWAY, new Secret("s3cret"), GATEWAY_ALIAS, "gw-node"));
        devices.create(new Devices.Draft(BARE, new Secret("s3cret"), null, null));
    }

    private void product(String key, String alias, Product.NodeType nodeType, ThingModel model) {
        Product product = products.create(new Products.Draft(
                "The " + alias,
                key,
                alias,
                new Secret("productsecret"),
                Product.AuthKind.SECRET,
                nodeType,
                Product.DataFormat.JSON,
                false));
        registry.products().update(product.withModel(model));
    }

    /// What no message brought.
    public static Event event(DeviceId device, Fact fact) {
        return new Event(ID, NOW, device.product(), device, null, fact);
    }

    /// What a message with these bytes brought on this topic.
    public static Event event(DeviceId device, Fact fact, String topic, Payload payload) {
        return event(device, fact, origin(topic, payload, null, MessageProperties.NONE));
    }

    public static Event event(DeviceId device, Fact fact, Origin origin) {
        return new Event(ID, NOW, device.product(), device, origin, fact);
    }

    public static Origin origin(
            String topic, Payload payload, @Nullable DeviceId gateway, MessageProperties properties) {
        return new Origin("test", gateway, topic, Qos.AT_LEAST_ONCE, payload, properties);
    }

    public static Sample sample(String key, Value value, long millis) {
        return new Sample(key, value, Instant.ofEpochMilli(millis));
    }

    /// The body as a tree; equal whatever the order of members.
    public static Value tree(Notification notification) {
        return tree(notification.body().text());
    }

    public static Value tree(String json) {
        return ValueJson.read(Payload.of(json)).orElseThrow(() -> new AssertionError("no JSON: " + json));
    }

    private static Property property(String identifier, DataType type) {
        return new Property(Parameter.of(identifier, type), true, true, true);
    }
}
