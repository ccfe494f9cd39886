package io.berth.testing;

import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.Slice;
import io.berth.core.device.Device;
import io.berth.core.device.DeviceDirectory;
import io.berth.core.device.DeviceId;
import io.berth.core.device.DeviceStore;
import io.berth.core.product.Product;
import io.berth.core.product.ProductStore;
import io.berth.core.product.Space;
import io.berth.core.product.SpaceStore;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Function;
import java.util.stream.Stream;

/// Products and devices in memory, with the rules of the real stores.
public final class MemoryRegistry {
    final NavigableMap<String, Product> products = new ConcurrentSkipListMap<>();
    final NavigableMap<DeviceId, Device> devices =
            new ConcurrentSkipListMap<>(Comparator.comparing(DeviceId::product).thenComparing(DeviceId::name));

    final MemoryUnits units = new MemoryUnits(devices::containsKey);
    final Map<String, Long> numbers = new ConcurrentHashMap<>();
    final Map<Long, String> said = new ConcurrentHashMap<>();
    final Map<DeviceId, DeviceStore.Presence> attached = new ConcurrentHashMap<>();
    final Map<String, Space> spaces = new ConcurrentHashMap<>(
            Map.of(Space.DEFAULT_ID, new Space(Space.DEFAULT_ID, "DefaultApp_berth", Instant.EPOCH, true)));

    /// How many devices a product may have.
    public volatile long devicesPerProduct = Long.MAX_VALUE;

    /// When true, every call fails as with a store that is gone.
    public volatile boolean gone;

    public SpaceStore spaces() {
        return new MemorySpaces(this);
    }

    public ProductStore products() {
        return new MemoryProducts(this);
    }

    public DeviceStore devices() {
        return new MemoryDevices(this);
    }

    public MemoryUnits units() {
        return units;
    }

    public DeviceDirectory directory() {
        return new MemoryDirectory(this);
    }

    void demandStore() {
        if (gone) {
            throw new ProblemException(Problem.STORAGE_UNAVAILABLE, "the store does not answer");
        }
    }

    /// By name: here nothing has a serial.
    static <T> Slice.Found<T> slice(Stream<T> all, Function<T, String> place, Slice slice) {
        List<T> items = all.filter(
                        item -> slice.after() == null || place.apply(item).compareTo(slice.after()) > 0)
                .skip(slice.offset())
                .limit(slice.limit())
                .toList();
        return new Slice.Found<>(items, items.stream().map(place).toList());
    }
}
