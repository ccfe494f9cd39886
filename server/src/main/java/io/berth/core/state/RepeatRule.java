package io.berth.core.state;

/// What counts as a mere repetition of a property's value, for all devices of a product.
///
/// @param sameTime a value of the same time as the one before it
/// @param sameValue the same value as the one before it
public record RepeatRule(String product, boolean sameTime, boolean sameValue) {
    boolean isOff() {
        return !sameTime && !sameValue;
    }
}
