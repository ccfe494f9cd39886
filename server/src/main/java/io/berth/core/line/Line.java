package io.berth.core.line;

import io.berth.core.caller.Rights;
import io.berth.core.product.Products;

/// The factory line as operators run it.
public record Line(Stations stations, LineBatches batches, LineUnits units, Products products) {
    /// As much of it as exists for a caller.
    public LineReach of(Rights rights) {
        return new LineReach(this, rights);
    }
}
