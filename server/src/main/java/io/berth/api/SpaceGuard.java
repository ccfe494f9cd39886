package io.berth.api;

import io.berth.core.caller.Rights;

/// Keeps callers that reach some resource spaces only inside them. A route whose path names a product is open
/// to whoever reaches the product; one that is about all spaces at once is closed to them, unless it looks
/// itself.
public final class SpaceGuard {
    private final Look look;

    public SpaceGuard(Look look) {
        this.look = look;
    }

    /// Finds out whether a product is within reach.
    @FunctionalInterface
    public interface Look {
        /// PRODUCT_NOT_FOUND when it is not there or out of reach.
        void at(Rights rights, String product);
    }

    void admit(Rights rights, Route<?, ?> route, Call<?> call) {
        if (route.parameters().anyMatch("product"::equals)) {
            admit(rights, call.path("product"));
        } else if (!route.demand().inSpaces()) {
            rights.demandAllSpaces();
        }
    }

    /// PRODUCT_NOT_FOUND when the product is out of reach; one that is missing is left to whoever acts,
    /// unless there is something to hide.
    void admit(Rights rights, String product) {
        if (!rights.spaces().isEmpty()) {
            look.at(rights, product);
        }
    }
}
