/// Messages of a device, typed: [io.berth.core.message.Uplink] from it, [io.berth.core.message.Downlink] to it, and
/// [io.berth.core.message.Event], the fact that applications hear of.
///
/// A dialect turns wire topics into uplinks and downlinks into wire topics; the services that move messages live in
/// `session`.
@NullMarked
package io.berth.core.message;

import org.jspecify.annotations.NullMarked;
