package io.berth.core.state;

import io.berth.core.device.DeviceId;
import java.time.Instant;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// Where shadow documents are kept. Blocking; a returned change is durable.
public interface ShadowStore {
    Optional<ShadowDocument> find(DeviceId device);

    /// Changes the document (an empty one when there is none) in one step that no other change comes between;
    /// what the change throws, this throws, and nothing changes. DEVICE_NOT_FOUND when there is no such
    /// device.
    ShadowDocument change(DeviceId device, Instant now, UnaryOperator<ShadowDocument> change);
}
