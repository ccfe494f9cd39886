/// The scenarios and how they are measured.
///
/// A [io.berth.simulator.bench.Scenario] opens a [io.berth.simulator.bench.Course] per target: connections and
/// [io.berth.simulator.bench.Lane]s that start events. [io.berth.simulator.bench.Session] warms every course up, runs
/// the windows of all targets in turn and hands the samples to [io.berth.simulator.bench.Report]. Everything is bounded
/// in time: a course that stalls fails with a reason instead of hanging.
@NullMarked
package io.berth.simulator.bench;

import org.jspecify.annotations.NullMarked;
