/// Alibaba's device wire over MQTT (spec aliyun-device).
///
/// A CONNECT goes to [io.berth.dialect.aliyun.device.AliyunMqtt], which reads an
/// [io.berth.dialect.aliyun.device.AliyunLogin] from it; once verified, the session has an
/// [io.berth.dialect.aliyun.device.AliyunWire]. Uplinks are found in the table of `AliyunTopics` and read
/// by `AliyunUplinks`; downlinks are put in the Alink envelope by `AliyunDownlinks`. Knows nothing of
/// sockets or storage, and never blocks: all of it runs on event loops.
@NullMarked
package io.berth.dialect.aliyun.device;

import org.jspecify.annotations.NullMarked;
