package io.berth.testing;

import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.Slice;
import io.berth.core.credential.Fingerprint;
import io.berth.core.credential.Pins;
import io.berth.core.device.Device;
import io.berth.core.device.DeviceCondition;
import io.berth.core.device.DeviceId;
import io.berth.core.device.DeviceStore;
import io.berth.core.device.Versions;
import io.berth.core.product.Product;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Devices of a [MemoryRegistry].
final class MemoryDevices implements DeviceStore {
    private final MemoryRegistry registry;

    MemoryDevices(MemoryRegistry registry) {
        this.registry = registry;
    }

    @Override
    public void insert(Device device) {
        ImportVerdict verdict = insertAll(List.of(device), false).getFirst();
        switch (verdict) {
            case CREATED -> {}
            case PRODUCT_NOT_FOUND -> throw new ProblemException(Problem.PRODUCT_NOT_FOUND, "no such product");
            case ALIAS_TAKEN -> throw new ProblemException(Problem.ALIAS_TAKEN, "the alias is taken");
            case UNCHANGED, DEVICE_EXISTS -> throw new ProblemException(Problem.DEVICE_EXISTS, device.id() + " exists");
            case PRODUCT_FULL -> throw DeviceStore.productFull(device.id().product());
        }
    }

    @Override
    public long room(String product) {
        return registry.devicesPerProduct
                - registry.devices.keySet().stream()
                        .filter(id -> id.product().equals(product))
                        .count();
    }

    @Override
    public List<ImportVerdict> insertAll(List<Device> all, boolean dryRun) {
        registry.demandStore();
        return all.stream().map(device -> insert(device, dryRun)).toList();
    }

    private ImportVerdict insert(Device device, boolean dryRun) {
        if (!registry.products.containsKey(device.id().product())) {
            return ImportVerdict.PRODUCT_NOT_FOUND;
        }
        Device known = registry.devices.get(device.id());
        if (known != null) {
            return known.alias().equals(device.alias()) && known.secret().equals(device.secret())
                    ? ImportVerdict.UNCHANGED
                    : ImportVerdict.DEVICE_EXISTS;
        }
        if (findByAlias(device.alias()).isPresent()) {
            return ImportVerdict.ALIAS_TAKEN;
        }
        if (!dryRun) {
            registry.devices.put(device.id(), device);
        }
        return ImportVerdict.CREATED;
    }

    @Override
    public void update(Device device) {
        if (registry.devices.computeIfPresent(device.id(), (_, before) -> pinned(device, before.pins())) == null) {
            throw DeviceStore.notFound(device.id());
        }
    }

    @Override
    public void updateVersions(DeviceId id, Versions versions) {
        registry.devices.computeIfPresent(id, (_, device) -> with(device, device.activated(), versions, device.pins()));
    }

    @Override
    public void updatePins(DeviceId id, @Nullable Pins pins) {
        if (registry.devices.computeIfPresent(id, (_, device) -> pinned(device, pins)) == null) {
            throw DeviceStore.notFound(id);
        }
    }

    @Override
    public boolean pin(DeviceId id, Fingerprint fingerprint) {
        @Nullable Pins[] before = new Pins[1];
        registry.devices.computeIfPresent(id, (_, device) -> {
            before[0] = device.pins();
            return Pins.NONE.equals(device.pins()) ? pinned(device, new Pins(fingerprint, null)) : device;
        });
        return Pins.NONE.equals(before[0]);
    }

    @Override
    public List<DeviceId> overdue(Instant now, int limit) {
        return registry.devices.values().stream()
                .filter(device -> device.activated() == null)
                .filter(device -> {
                    Instant activateBy = device.profile().activateBy();
                    return activateBy != null && !activateBy.isAfter(now);
                })
                .map(Device::id)
                .limit(limit)
                .toList();
    }

    @Override
    public void delete(DeviceId id) {
        if (registry.devices.remove(id) == null) {
            throw DeviceStore.notFound(id);
        }
        registry.units.clear(id);
    }

    @Override
    public Optional<Device> find(DeviceId id) {
        registry.demandStore();
        return Optional.ofNullable(registry.devices.get(id));
    }

    @Override
    public Optional<Device> findByAlias(String alias) {
        return registry.devices.values().stream()
                .filter(device -> device.alias().equals(alias))
                .findFirst();
    }

    @Override
    public Slice.Found<Device> find(DeviceCondition where, Slice slice) {
        return MemoryRegistry.slice(matching(where), device -> device.id().toString(), slice);
    }

    @Override
    public List<Device> byActivation(DeviceCondition where, Slice slice) {
        Comparator<Instant> direction =
                slice.order() == Slice.Order.NEWEST_FIRST ? Comparator.reverseOrder() : Comparator.naturalOrder();
        return matching(where)
                .sorted(Comparator.comparing(Device::activated, Comparator.nullsLast(direction)))
                .skip(slice.offset())
                .limit(slice.limit())
                .toList();
    }

    @Override
    public long count(DeviceCondition where) {
        return matching(where).count();
    }

    /// No device has a tag here, stands behind a gateway or is in a group.
    private Stream<Device> matching(DeviceCondition where) {
        return registry.devices.values().stream().filter(device -> {
            Product product = registry.products.get(device.id().product());
            return product != null
                    && DeviceMatch.of(device, product, Map.of(), registry.attached.containsKey(device.id()))
                            .meets(where);
        });
    }

    @Override
    public CompletionStage<Void> recordPresence(Collection<Presence> presences) {
        for (Presence presence : presences) {
            registry.devices.computeIfPresent(
                    presence.id(), (_, device) -> device.seen(presence.at(), presence.address()));
            if (presence.attached()) {
                registry.attached.put(presence.id(), presence);
            } else {
                registry.attached.remove(presence.id());
            }
        }
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletionStage<Void> activate(DeviceId id, Instant at) {
        if (registry.gone) {
            return CompletableFuture.failedFuture(
                    new ProblemException(Problem.STORAGE_UNAVAILABLE, "the store does not answer"));
        }
        registry.devices.computeIfPresent(
                id,
                (_, device) ->
                        device.activated() != null ? device : with(device, at, device.versions(), device.pins()));
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public List<Presence> attached(int limit) {
        return registry.attached.values().stream().limit(limit).toList();
    }

    @Override
    public CompletionStage<Void> forgetAttached(Collection<DeviceId> ids) {
        ids.forEach(registry.attached::remove);
        return CompletableFuture.completedFuture(null);
    }

    private static Device pinned(Device device, @Nullable Pins pins) {
        return with(device, device.activated(), device.versions(), pins);
    }

    private static Device with(Device device, @Nullable Instant activated, Versions versions, @Nullable Pins pins) {
        return new Device(
                device.id(),
                device.alias(),
                device.nodeId(),
                device.secret(),
                device.enabled(),
                device.created(),
                activated,
                device.lastSeen(),
                device.address(),
                device.spareSecret(),
                device.profile(),
                versions,
                pins);
    }
}
