package io.berth.core.thing;

/// A property of a thing.
///
/// @param readable an application may ask the device for it
/// @param writable an application may set it
/// @param reportable the device may report it
public record Property(Parameter parameter, boolean readable, boolean writable, boolean reportable) {
    public String identifier() {
        return parameter.identifier();
    }

    public DataType type() {
        return parameter.type();
    }
}
