package io.berth.dialect.aliyun.openapi;

import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.caller.Area;
import io.berth.core.caller.Reach;
import io.berth.core.caller.Rights;
import io.berth.core.device.Device;
import io.berth.core.device.DeviceCondition;
import io.berth.core.device.DeviceId;
import io.berth.core.product.Product;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One admitted call of an action.
///
/// @param rights of the caller
/// @param reach what exists for it
record Call<I extends Record>(I input, Rights rights, Reach reach) {
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

    Optional<Device> find(String iotId) {
        return found(() -> reach.device(iotId));
    }

    private static Optional<Device> found(Supplier<Device> sought) {
        try {
            return Optional.of(sought.get());
        } catch (ProblemException e) {
            if (e.problem() == Problem.DEVICE_NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /// The secret as answers have it: the member is there, and empty for a caller that may only look.
    String secret(Device device) {
        return rights.seesSecrets(Area.DEVICES) ? device.secret().reveal() : "";
    }

    /// Likewise.
    String secret(Product product) {
        return rights.seesSecrets(Area.PRODUCTS) ? product.secret().reveal() : "";
    }

    /// The devices of a product, or all that exist for the caller.
    DeviceCondition devicesOf(@Nullable String productKey) {
        return productKey != null
                ? DeviceCondition.ofProduct(product(productKey).key())
                : rights.devices();
    }
}
