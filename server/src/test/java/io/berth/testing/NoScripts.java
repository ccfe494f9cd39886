package io.berth.testing;

import io.berth.core.Payload;
import io.berth.core.Value;
import io.berth.core.product.Scripts;

/// A platform whose products have no scripts.
public final class NoScripts implements Scripts {
    private static final Result MISSING = new Result.Failed(Fault.MISSING, "the product has no script");

    @Override
    public Result toMessage(String product, Payload bytes) {
        return MISSING;
    }

    @Override
    public Result toBytes(String product, Value.Fields message) {
        return MISSING;
    }

    @Override
    public Result transform(String product, String topic, Payload bytes) {
        return MISSING;
    }
}
