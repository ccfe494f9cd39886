/// Huawei's device wire over MQTT (spec huawei-iotda 2 to 4).
///
/// A CONNECT goes to [io.berth.dialect.huawei.device.HuaweiMqtt], which reads a `HuaweiLogin` from it; once
/// verified, the session has a `HuaweiWire`. Uplinks are found in the table of `HuaweiTopics` and read by
/// `HuaweiUplinks`; downlinks are written by `HuaweiDownlinks`. Devices are found by their alias, which is
/// the vendor's `device_id`. Knows nothing of sockets or storage, and never blocks: all of it runs on event
/// loops.
@NullMarked
package io.berth.dialect.huawei.device;

import org.jspecify.annotations.NullMarked;
