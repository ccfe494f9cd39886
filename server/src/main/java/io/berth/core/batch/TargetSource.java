package io.berth.core.batch;

import io.berth.core.Page;
import io.berth.core.Page.Request;
import io.berth.core.Value;
import io.berth.core.batch.BatchStore.TargetFilter;
import io.berth.core.device.Device;
import io.berth.core.device.DeviceCondition;
import io.berth.core.device.Devices;
import io.berth.core.device.Groups;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;

/// Where the targets of a batch come from, one by one: there may be more than the memory holds.
@FunctionalInterface
public interface TargetSource {
    /// Each with a place of its own, ascending.
    void into(Consumer<Target> sink);

    /// What is in the group now.
    static TargetSource group(Groups groups, String id, Batch.Scope scope) {
        return devices(page -> groups.members(id, scope.devices(), page));
    }

    /// What meets the condition now.
    static TargetSource query(Devices devices, DeviceCondition where, Batch.Scope scope) {
        DeviceCondition within = new DeviceCondition.All(List.of(where, scope.devices()));
        return devices(page -> devices.search(within, page));
    }

    /// What an earlier batch was about: of a registration the devices it made and that still are there.
    static TargetSource batch(Batches batches, Batch earlier) {
        return earlier.kind().registers()
                ? devices(page -> batches.registered(earlier.id(), page))
                : named(page -> batches.targets(earlier.id(), TargetFilter.ALL, page), Target::name);
    }

    private static TargetSource devices(Function<Request, Page<Device>> listing) {
        return named(listing, device -> device.id().toString());
    }

    private static <T> TargetSource named(Function<Request, Page<T>> listing, Function<T, String> name) {
        return sink -> {
            AtomicLong place = new AtomicLong();
            Page.each(
                    listing,
                    item -> sink.accept(Target.waiting(place.incrementAndGet(), name.apply(item), Value.Fields.NONE)));
        };
    }
}
