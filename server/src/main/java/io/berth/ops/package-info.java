/// What an operator watches: metrics, health, the log.
///
/// [io.berth.ops.Metrics] is the registry behind `/metrics`; whoever counts asks it once for an adder and increments
/// that, so the hot path touches no registry. [io.berth.ops.TrafficMetrics] names the counters of device traffic,
/// [io.berth.ops.Health] answers `/health/…`, [io.berth.ops.LogSetup] configures Logback in code because reading XML
/// costs a noticeable part of a start. Nothing here knows a wire or a vendor.
@NullMarked
package io.berth.ops;

import org.jspecify.annotations.NullMarked;
