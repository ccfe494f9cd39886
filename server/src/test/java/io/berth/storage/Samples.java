package io.berth.storage;

import io.berth.core.credential.Secret;
import io.berth.core.device.Device;
import io.berth.core.device.DeviceId;
import io.berth.core.product.Product;
import io.berth.core.product.Product.AuthKind;
import io.berth.core.product.Product.DataFormat;
import io.berth.core.product.Product.NodeType;
import io.berth.core.thing.ThingModel;
import io.berth.core.topic.Access;
import io.berth.core.topic.TopicClass;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/// Things to store, and how tests wait and complain.
final class Samples {
    static final String KEY = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";
    static final Instant NOW = Instant.parse("2026-11-21T10:00:00.123Z");

    private Samples() {}

    static StorageConfig config(String url) {
        return config(url, 500_000);
    }

    static StorageConfig config(String url, int devicesPerProduct) {
        return new StorageConfig(
                url, "", "", 2, 2, 20_000, 1_000, 5, 20, 10, 10, devicesPerProduct, ThingStateConfig.DEFAULT);
    }

    static Product product(String key) {
        return product(key, "温度计 " + key);
    }

    static Product product(String key, String name) {
        return new Product(
                key,
                "alias-" + key,
                name,
                new Secret("product-secret"),
                AuthKind.SECRET,
                NodeType.DIRECT,
                DataFormat.JSON,
                true,
                List.of(
                        new TopicClass("user/update", Access.PUBLISH),
                        new TopicClass("user/+/get", Access.SUBSCRIBE),
                        new TopicClass("a/b", Access.BOTH)),
                NOW,
                ThingModel.EMPTY);
    }

    static DeviceId id(String name) {
        return new DeviceId("pk", name);
    }

    static Device device(String name) {
        return device(name, "alias_" + name, "secret-" + name);
    }

    static Device device(DeviceId id) {
        return new Device(id, "alias_" + id.name(), "节点-" + id.name(), new Secret("s"), true, NOW, null, null, null);
    }

    static Device device(String name, String alias, String secret) {
        return new Device(id(name), alias, "节点-" + name, new Secret(secret), true, NOW, null, null, null);
    }

    static <T> T await(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().get(30, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    static void await(CountDownLatch latch) {
        try {
            if (!latch.await(30, TimeUnit.SECONDS)) {
                throw new IllegalStateException("nobody opened the latch");
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
