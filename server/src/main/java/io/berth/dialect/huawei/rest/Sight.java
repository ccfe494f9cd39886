package io.berth.dialect.huawei.rest;

import io.berth.core.caller.Reach;
import io.berth.core.caller.Rights;
import io.berth.core.device.Device;
import io.berth.core.product.Product;
import io.berth.core.product.Products;
import io.berth.core.product.Space;
import io.berth.core.product.Spaces;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What exists for a caller, by the vendor's names: the spaces it has rights in, their products and devices.
record Sight(Rights rights, Reach reach, Products products, Spaces spaces) {
    static Sight of(Rights rights, RestServices services) {
        Reach reach = Reach.of(rights, services.products(), services.devices());
        return new Sight(rights, reach, services.products(), services.spaces());
    }

    /// The default space when none is named; SPACE_NOT_FOUND where there is none for the caller.
    Space space(@Nullable String appId) {
        Space space = spaces.get(Objects.requireNonNullElse(appId, Space.DEFAULT_ID));
        if (!rights.reach(space.id())) {
            throw Spaces.notFound(space.id());
        }
        return space;
    }

    Space spaceOf(Product product) {
        return spaces.get(product.space());
    }

    /// PRODUCT_NOT_FOUND where there is none for the caller.
    Product product(String productId) {
        Product product = products.getByAlias(productId);
        if (!reach.covers(product)) {
            throw Products.notFound(productId);
        }
        return product;
    }

    Product productOf(Device device) {
        return products.get(device.id().product());
    }

    /// DEVICE_NOT_FOUND where there is none for the caller.
    Device device(String deviceId) {
        return reach.device(deviceId);
    }

    /// FORBIDDEN for a caller with rights in some spaces only: it would make what it could not see.
    void demandAllSpaces() {
        rights.demandAllSpaces();
    }
}
