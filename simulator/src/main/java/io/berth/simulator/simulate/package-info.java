/// A fleet that behaves like one: telemetry from a sensor series, answers to requests and commands, reconnects with
/// back-off.
///
/// `bench` asks how fast; this asks how it looks when devices are simply there.
@NullMarked
package io.berth.simulator.simulate;

import org.jspecify.annotations.NullMarked;
