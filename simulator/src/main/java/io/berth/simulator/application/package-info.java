/// Applications written for a vendor's cloud: what they ask and how they sign it.
///
/// An [io.berth.simulator.application.Application] makes each request anew, with a date, a nonce where the vendor has
/// one,
/// and a signature of its own, as the vendors' SDKs do. It knows nothing of connections or measuring.
@NullMarked
package io.berth.simulator.application;

import org.jspecify.annotations.NullMarked;
