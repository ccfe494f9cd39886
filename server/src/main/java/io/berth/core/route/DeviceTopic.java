package io.berth.core.route;

import io.berth.core.device.DeviceId;

/// A topic of one device, in full as its wire names it.
public record DeviceTopic(DeviceId device, String topic) {}
