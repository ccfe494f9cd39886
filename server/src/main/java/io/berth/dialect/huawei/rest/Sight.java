package io.berth.dialect.huawei.rest;

import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.caller.Rights;
import io.berth.core.device.Device;
import io.berth.core.device.Devices;
import io.berth.core.product.Product;
import io.berth.core.product.Products;
import io.berth.core.product.Space;
import io.berth.core.product.Spaces;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What exists for a caller, by the vendor's names: the products of the spaces it has rights in, and their
/// devices.
record Sight(Rights rights, Products products, Devices devices) {
    /// PRODUCT_NOT_FOUND where there is none for the caller.
    Product product(String productId) {
        return products.getByAlias(productId);
    }

    /// DEVICE_NOT_FOUND where there is none for the caller.
    Device device(String deviceId) {
        return devices.getByAlias(deviceId);
    }

    /// The default space when none is named; SPACE_NOT_FOUND for one the caller has no rights in.
    String spaceId(@Nullable String appId) {
        String id = Objects.requireNonNullElse(appId, Space.DEFAULT_ID);
        if (!rights.reach(id)) {
            throw Spaces.notFound(id);
        }
        return id;
    }

    /// FORBIDDEN for a caller with rights in some spaces only: it would make what it could not see.
    void demandAllSpaces() {
        if (!rights.spaces().isEmpty()) {
            throw new ProblemException(Problem.FORBIDDEN, "this needs rights in all resource spaces");
        }
    }

    Product productOf(Device device) {
        return products.get(device.id().product());
    }
}
