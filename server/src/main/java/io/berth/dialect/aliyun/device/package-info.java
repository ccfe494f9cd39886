/// Alibaba's device wire over MQTT (spec aliyun-device).
///
/// A CONNECT goes to [io.berth.dialect.aliyun.device.AliyunMqtt], which reads an
/// [io.berth.dialect.aliyun.device.AliyunLogin] from it; once verified, the session has an
/// [io.berth.dialect.aliyun.device.AliyunWire]. Devices that know only their product's secret come with an
/// `AliyunApplication`, or over HTTPS with an `AliyunHttpRegistration`. `AliyunTopics` is the table of what
/// devices publish: each row names the class that reads it (`AliyunReports` values and events, `AliyunTags`,
/// `AliyunShadow`, …). Products of bytes take the way over `AliyunRaw` first. `AliyunDownlinks` writes what
/// goes to devices. Knows nothing of sockets or storage; what may block (stores, scripts) is handed to the
/// front as a reading or an outgoing for later, all else runs on event loops.
@NullMarked
package io.berth.dialect.aliyun.device;

import org.jspecify.annotations.NullMarked;
