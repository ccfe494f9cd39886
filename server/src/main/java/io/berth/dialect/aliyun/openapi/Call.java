package io.berth.dialect.aliyun.openapi;

import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.device.Device;
import io.berth.core.device.DeviceId;
import io.berth.core.product.Product;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
        try {
            return Optional.of(reach.device(id));
        } catch (ProblemException e) {
            if (e.problem() == Problem.DEVICE_NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /// Those that exist for the caller.
    List<Device> reachable(List<Device> devices) {
        Map<String, Boolean> reached = new HashMap<>();
        return devices.stream()
                .filter(device -> reached.computeIfAbsent(device.id().product(), reach::covers))
                .toList();
    }
}
