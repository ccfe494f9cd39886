package io.berth.core.device;

import io.berth.core.Page;
import java.time.Instant;
import java.util.List;

/// Where what devices log is kept, the newest lines of each. Blocking unless it says otherwise.
public interface DeviceLogStore {
    /// @param time the device's
    /// @param level the device's word
    record Line(Instant time, String level, String module, String code, String trace, String content) {}

    /// Appends lines, durable when it returns; drops the oldest of the device when there are more than the
    /// bound.
    void append(DeviceId device, List<Line> lines);

    /// Newest first.
    Page<Line> list(DeviceId device, Page.Request page);

    /// Whether an operator wants the device to send its log; false until someone said so.
    boolean isWanted(DeviceId device);

    void want(DeviceId device, boolean wanted);
}
