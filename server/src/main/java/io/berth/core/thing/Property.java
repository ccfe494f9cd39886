package io.berth.core.thing;

/// A property of a thing.
///
/// @param readable an application may ask the device for it
/// @param writable an application may set it
/// @param reportable the device reports it by itself
public record Property(Parameter parameter, boolean readable, boolean writable, boolean reportable) {
    public String identifier() {
        return parameter.identifier();
    }

    /// Whether the device may say its value at all: what an application may ask for also comes unasked.
    public boolean comesFromDevice() {
        return readable || reportable;
    }

    public DataType type() {
        return parameter.type();
    }
}
