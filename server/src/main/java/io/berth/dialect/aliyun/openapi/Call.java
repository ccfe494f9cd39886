package io.berth.dialect.aliyun.openapi;

import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.caller.Reach;
import io.berth.core.device.Device;
import io.berth.core.device.DeviceId;
import io.berth.core.product.Product;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// One admitted call of an action.
///
/// @param reach what exists for the caller
record Call<I extends Record>(I input, Reach reach) {
    Product product(String key) {
        return reach.product(key);
    }

    Device device(DeviceName name) {
        return name.in(reach);
    }

    /// For lists, which leave out what does not exist.
    Optional<Device> find(DeviceId id) {
        return found(() -> reach.device(id));
    }

    /// Those that exist for the caller.
    List<Device> reachable(List<Device> devices) {
        Map<String, Boolean> reached = new HashMap<>();
        return devices.stream()
                .filter(device -> reached.computeIfAbsent(
                        device.id().product(), key -> found(() -> reach.product(key)).isPresent()))
                .toList();
    }

    private static <T> Optional<T> found(Supplier<T> sought) {
        try {
            return Optional.of(sought.get());
        } catch (ProblemException e) {
            if (e.problem() == Problem.DEVICE_NOT_FOUND || e.problem() == Problem.PRODUCT_NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }
}
