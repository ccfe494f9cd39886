package io.berth.core.message;

/// How far a downlink got. The words are shown to users and are true: nothing is `SENT` before it is written.
public enum DeliveryState {
    /// Kept for a device that is not attached.
    QUEUED,
    /// Written to the device's connection.
    SENT,
    /// The device confirmed it (QoS 1).
    ACKNOWLEDGED
}
