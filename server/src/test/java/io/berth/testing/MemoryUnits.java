package io.berth.testing;

import io.berth.core.device.DeviceId;
import io.berth.core.device.DeviceStore;
import io.berth.core.device.Unit;
import io.berth.core.enrol.UnitStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Physical devices of names in memory, with the rules of the real store.
public final class MemoryUnits implements UnitStore {
    private final NavigableMap<DeviceId, List<Unit>> units =
            new ConcurrentSkipListMap<>(Comparator.comparing(DeviceId::product).thenComparing(DeviceId::name));

    private final Predicate<DeviceId> exists;

    MemoryUnits(Predicate<DeviceId> exists) {
        this.exists = exists;
    }

    @Override
    public synchronized boolean add(DeviceId device, Unit unit, int max) {
        if (!exists.test(device)) {
            throw DeviceStore.notFound(device);
        }
        List<Unit> more = new ArrayList<>(of(device));
        if (more.size() >= max) {
            return false;
        }
        more.add(unit);
        units.put(device, more);
        return true;
    }

    @Override
    public List<Unit> of(DeviceId device) {
        return List.copyOf(units.getOrDefault(device, List.of()));
    }

    @Override
    public synchronized CompletionStage<Integer> seen(DeviceId device, String unit, Instant at) {
        List<Unit> now = new ArrayList<>(of(device));
        now.replaceAll(each -> each.id().equals(unit) && each.seen() == null
                ? new Unit(each.id(), each.tokenDigest(), each.created(), at)
                : each);
        units.put(device, now);
        return CompletableFuture.completedFuture(seen(now));
    }

    @Override
    public List<DeviceId> shared(@Nullable String product, @Nullable DeviceId after, int limit) {
        return (after == null ? units : units.tailMap(after, false))
                .entrySet().stream()
                        .filter(each ->
                                product == null || each.getKey().product().equals(product))
                        .filter(each -> seen(each.getValue()) > 1)
                        .map(each -> each.getKey())
                        .limit(limit)
                        .toList();
    }

    @Override
    public synchronized boolean keep(DeviceId device, String unit) {
        List<Unit> kept =
                of(device).stream().filter(each -> each.id().equals(unit)).toList();
        if (!kept.isEmpty()) {
            units.put(device, kept);
        }
        return !kept.isEmpty();
    }

    @Override
    public void clear(DeviceId device) {
        units.remove(device);
    }

    private static int seen(List<Unit> units) {
        return (int) units.stream().filter(unit -> unit.seen() != null).count();
    }
}
