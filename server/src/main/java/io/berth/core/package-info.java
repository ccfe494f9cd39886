/// What the platform is, in its own words: products, devices, credentials, topics, messages, sessions, callers.
///
/// Core knows no wire, no store, no vendor and no library. Fronts and dialects call its services with plain types; it
/// asks storage through the `…Store` interfaces beside each concept. The root holds what every concept uses:
/// [io.berth.core.Payload], [io.berth.core.Problem], [io.berth.core.Page].
@NullMarked
package io.berth.core;

import org.jspecify.annotations.NullMarked;
