package io.berth.dialect.huawei.device;

import io.berth.core.Payload;
import io.berth.core.message.Qos;
import java.time.Instant;

/// A message as it came from the connection.
record Arrived(String topic, Qos qos, Payload payload, Instant time) {}
