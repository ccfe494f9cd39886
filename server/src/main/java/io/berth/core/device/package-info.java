/// Devices and how they are found.
///
/// A device has two unique names: [io.berth.core.device.DeviceId] (product and name) and an alias, one text
/// unique on the whole platform. Logins ask [io.berth.core.device.DeviceDirectory], which answers from
/// memory; registry work goes through [io.berth.core.device.Devices] and may block. What is kept of a device
/// beside its identity (tags, its place behind a gateway, the log it sends) goes when it is deleted.
/// [io.berth.core.device.Groups] gathers devices, by hand or by a condition that finds them: it is written in a
/// [io.berth.core.device.DeviceLanguage], ours ([io.berth.core.device.DeviceQuery]) or a vendor's.
@NullMarked
package io.berth.core.device;

import org.jspecify.annotations.NullMarked;
