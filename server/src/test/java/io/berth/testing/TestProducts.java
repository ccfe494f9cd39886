package io.berth.testing;

import io.berth.core.product.Product;
import io.berth.core.product.Products;
import io.berth.core.thing.ThingModel;

/// Products for tests that need one and do not care which.
public final class TestProducts {
    private TestProducts() {}

    /// The product `a1pk`, to the other vendor `lampalias`, with this model.
    public static Product with(ThingModel model) {
        return new Products(new MemoryRegistry().products(), new TestClock(), _ -> {})
                .create(new Products.Draft(
                        "Lamp",
                        "a1pk",
                        "lampalias",
                        null,
                        Product.AuthKind.SECRET,
                        Product.NodeType.DIRECT,
                        Product.DataFormat.JSON,
                        false))
                .withModel(model);
    }
}
