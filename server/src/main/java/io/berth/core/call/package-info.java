/// Calls: what applications ask of devices, from the wish to the answer.
///
/// A call is kept before it is sent, so that its state tells the truth after a crash. It goes out over the
/// device's session, waits for the device when it may, and ends with the device's answer, an expiry or a
/// withdrawal. How it looks on the wire is the dialect's business, what its input may be the thing model's.
@NullMarked
package io.berth.core.call;

import org.jspecify.annotations.NullMarked;
