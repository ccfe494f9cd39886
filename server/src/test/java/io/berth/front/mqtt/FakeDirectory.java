package io.berth.front.mqtt;

import io.berth.core.credential.Secret;
import io.berth.core.device.Device;
import io.berth.core.device.DeviceDirectory;
import io.berth.core.device.DeviceId;
import io.berth.core.device.DeviceRef;
import io.berth.core.device.DeviceSnapshot;
import io.berth.core.product.Product;
import io.berth.core.thing.ThingModel;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Knows every device but those whose name begins with `unknown`; those that begin with `slow` only when
/// `lookup` completes.
final class FakeDirectory implements DeviceDirectory {
    private static final Secret SECRET = new Secret("right");

    final CompletableFuture<Void> lookup = new CompletableFuture<>();
    final AtomicInteger changes = new AtomicInteger();
    final Set<String> keepsSession = ConcurrentHashMap.newKeySet();

    @Override
    public @Nullable DeviceSnapshot ifPresent(DeviceRef ref) {
        String name = name(ref);
        return name.startsWith("slow") || name.startsWith("unknown") ? null : snapshot(name);
    }

    @Override
    public CompletionStage<Optional<DeviceSnapshot>> find(DeviceRef ref) {
        String name = name(ref);
        return name.startsWith("unknown")
                ? CompletableFuture.completedFuture(Optional.empty())
                : lookup.thenApply(_ -> Optional.of(snapshot(name)));
    }

    private static String name(DeviceRef ref) {
        return ((DeviceRef.ById) ref).id().name();
    }

    private DeviceSnapshot snapshot(String name) {
        Product product = new Product(
                "p",
                "p",
                "product",
                SECRET,
                Product.AuthKind.SECRET,
                Product.NodeType.DIRECT,
                Product.DataFormat.JSON,
                false,
                List.of(),
                Instant.EPOCH,
                ThingModel.EMPTY);
        Device device =
                new Device(new DeviceId("p", name), "p_" + name, name, SECRET, true, Instant.EPOCH, null, null, null);
        return new DeviceSnapshot(device, product, keepsSession.contains(name));
    }

    @Override
    public int changes() {
        return changes.get();
    }

    @Override
    public void forget(DeviceId id) {
        changes.incrementAndGet();
    }

    @Override
    public void forgetProduct(String key) {
        changes.incrementAndGet();
    }
}
