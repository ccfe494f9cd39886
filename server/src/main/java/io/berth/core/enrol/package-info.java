/// Devices that come knowing nothing but their product's secret, and how they get credentials of their own.
///
/// [io.berth.core.enrol.Enrolments] decides about an [io.berth.core.enrol.Application]: a device that was
/// registered before it came gets its secret, once; one that was not becomes a [io.berth.core.device.Unit] of
/// its name, with a token. [io.berth.core.enrol.Units] looks after those: when more than one of a name has
/// logged in, the device is at risk until an operator keeps one of them or clears them all. Nothing here
/// knows how an application is signed or how credentials are sent.
@NullMarked
package io.berth.core.enrol;

import org.jspecify.annotations.NullMarked;
