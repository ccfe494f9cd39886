package io.berth.dialect.huawei.rest;

import io.berth.core.batch.Batch;
import io.berth.core.batch.Target;
import io.berth.core.product.Product;
import io.berth.core.product.Products;

/// What targets of a task are called on the wire: by `device_id`; devices still to be registered by
/// `product_id/node_id`.
record TargetNames(Batch.Kind kind, Products products) {
    String shown(Target target) {
        int slash = target.name().indexOf('/');
        return kind.registers() && slash >= 0
                ? products.find(target.name().substring(0, slash))
                                .map(Product::alias)
                                .orElse("")
                        + target.name().substring(slash)
                : target.name();
    }

    /// The name core knows the target by. PRODUCT_NOT_FOUND.
    String meant(String shown) {
        int slash = shown.indexOf('/');
        return kind.registers() && slash >= 0
                ? products.getByAlias(shown.substring(0, slash)).key() + shown.substring(slash)
                : shown;
    }
}
