package io.berth.core.device;

/// A language to say in which devices are meant: ours, or that of an application interface. Any thread.
public interface DeviceLanguage {
    /// Kept beside what is written in it.
    String name();

    /// INVALID_ARGUMENT says what was expected. What the text names and is not there is met by no device.
    DeviceCondition read(String text);
}
