package io.berth.dialect;

import io.berth.core.credential.Secret;
import io.berth.core.device.Device;
import io.berth.core.device.DeviceDirectory;
import io.berth.core.device.DeviceId;
import io.berth.core.device.DeviceRef;
import io.berth.core.device.DeviceSnapshot;
import io.berth.core.product.Product;
import io.berth.core.thing.ThingModel;
import io.berth.core.topic.Access;
import io.berth.core.topic.TopicClass;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// A directory of a few devices, all in memory.
public final class KnownDevices implements DeviceDirectory {
    public static final Secret PRODUCT_SECRET = new Secret("PRODSECRET000001");

    private final List<DeviceSnapshot> devices = new ArrayList<>();

    public KnownDevices with(DeviceSnapshot device) {
        devices.add(device);
        return this;
    }

    public KnownDevices with(String product, String name, String alias, String secret) {
        return with(snapshot(product, name, alias, secret));
    }

    public static DeviceSnapshot snapshot(String product, String name, String alias, String secret) {
        return snapshot(product, name, alias, secret, true, Product.AuthKind.SECRET);
    }

    public static DeviceSnapshot snapshot(
            String product, String name, String alias, String secret, boolean enabled, Product.AuthKind auth) {
        Device device = new Device(
                new DeviceId(product, name), alias, name, new Secret(secret), enabled, Instant.EPOCH, null, null, null);
        return new DeviceSnapshot(device, product(product, auth), false);
    }

    private static Product product(String key, Product.AuthKind auth) {
        List<TopicClass> topics = List.of(
                new TopicClass("user/update", Access.PUBLISH),
                new TopicClass("user/get", Access.SUBSCRIBE),
                new TopicClass("user/both", Access.BOTH),
                new TopicClass("user/group/+/#", Access.SUBSCRIBE),
                new TopicClass("old/form", Access.BOTH));
        return new Product(
                key,
                key,
                key,
                PRODUCT_SECRET,
                auth,
                Product.NodeType.DIRECT,
                Product.DataFormat.JSON,
                false,
                topics,
                Instant.EPOCH,
                ThingModel.EMPTY);
    }

    @Override
    public @Nullable DeviceSnapshot ifPresent(DeviceRef ref) {
        return devices.stream()
                .filter(device -> switch (ref) {
                    case DeviceRef.ById byId -> device.id().equals(byId.id());
                    case DeviceRef.ByAlias byAlias -> device.device().alias().equals(byAlias.alias());
                })
                .findFirst()
                .orElse(null);
    }

    @Override
    public CompletionStage<Optional<DeviceSnapshot>> find(DeviceRef ref) {
        return CompletableFuture.completedFuture(Optional.ofNullable(ifPresent(ref)));
    }

    @Override
    public int changes() {
        return 0;
    }

    @Override
    public void forget(DeviceId id) {}

    @Override
    public void forgetProduct(String key) {}
}
