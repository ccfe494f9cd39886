package io.berth.dialect.search;

import io.berth.core.Slice;
import io.berth.core.device.DeviceCondition;

/// What the searches of a vendor may say.
public interface SearchWords {
    /// The field, if it is one that can be shown; INVALID_ARGUMENT.
    String shown(String field);

    /// Reads the next condition, which begins with the name of a field; INVALID_ARGUMENT.
    DeviceCondition condition(SearchTokens tokens);

    /// What searches are ordered by when they say `order by` this field; INVALID_ARGUMENT.
    Order order(String field);

    /// The direction of an order that is given without one.
    Slice.Order direction();

    Bounds bounds();

    enum Order {
        AGE,
        ACTIVATION
    }

    /// @param length in characters
    /// @param offset how many devices may be left out
    /// @param rows at most
    /// @param usualRows of a search that does not say how many
    record Bounds(int length, int conditions, int offset, int rows, int usualRows) {}
}
