package io.berth.dialect.huawei.device;

import io.berth.core.Value;
import io.berth.core.device.DeviceId;
import io.berth.core.device.DeviceRef;
import io.berth.core.device.DeviceSnapshot;
import io.berth.core.device.TopologyStore.Change;
import io.berth.core.product.Product;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.CompletableFuture;

/// Tells a gateway that comes back what became of its children meanwhile (spec huawei-iotda 4.1). Blocks.
record HuaweiSync(HuaweiGateway gateway) {
    /// The notices newer than what the gateway knows. It forgets those that are not newer than the last, so
    /// additions and removals alternate as they happened, each notice with the version it ends at.
    ///
    /// @param version the newest the gateway heard of; one from the future was another platform's and counts
    /// for nothing
    List<HuaweiEvent> since(Value version) {
        DeviceId own = gateway.own().id();
        long known = version instanceof Value.Whole(long number) ? number : 0;
        boolean isOurs = known <= gateway.services().topology().version(own);
        List<Change> changes = gateway.services().topology().changesSince(own, isOurs ? known : 0);
        Map<DeviceId, HuaweiChild> children = children(changes);
        List<HuaweiEvent> notices = new ArrayList<>();
        List<HuaweiChild> run = new ArrayList<>();
        for (int i = 0; i < changes.size(); i++) {
            Change change = changes.get(i);
            Optional.ofNullable(children.get(change.child())).ifPresent(run::add);
            boolean ends = i + 1 == changes.size() || changes.get(i + 1).added() != change.added();
            if (ends && !run.isEmpty()) {
                notices.add(
                        change.added()
                                ? HuaweiChild.added("", List.copyOf(run), change.version())
                                : HuaweiChild.removed("", List.copyOf(run), change.version()));
                run.clear();
            }
        }
        return notices;
    }

    private Map<DeviceId, HuaweiChild> children(List<Change> changes) {
        // all lookups at once: the directory gathers them into few queries
        SequencedMap<Change, CompletableFuture<Optional<DeviceSnapshot>>> lookups = new LinkedHashMap<>();
        changes.forEach(change -> lookups.put(
                change,
                gateway.services()
                        .directory()
                        .find(new DeviceRef.ById(change.child()))
                        .toCompletableFuture()));
        String parent = gateway.own().device().alias();
        Map<DeviceId, HuaweiChild> children = new LinkedHashMap<>();
        lookups.forEach((change, lookup) -> lookup.join()
                .map(found -> HuaweiChild.of(parent, found))
                .or(() -> change.added() ? Optional.empty() : gone(parent, change.child()))
                .ifPresent(child -> children.put(change.child(), child)));
        return children;
    }

    /// A removed device that is registered no more had the id this platform gives, as far as anyone can tell
    /// now.
    private Optional<HuaweiChild> gone(String parent, DeviceId child) {
        return gateway.services()
                .products()
                .find(child.product())
                .map(Product::alias)
                .map(productId -> new HuaweiChild(
                        parent,
                        child.name(),
                        productId + "_" + child.name(),
                        productId,
                        child.name(),
                        "",
                        Value.Nothing.NOTHING));
    }
}
