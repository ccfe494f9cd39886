/// Who reads events for good: consumer groups.
///
/// A group has a name, chooses events by product and kind, and names the format they are told in. The event
/// log (`stream`) keeps where each group stands; whatever a group chose from the moment it was made on is
/// kept for it until one of its consumers acknowledges it, or its own bounds of age and number drop it.
@NullMarked
package io.berth.core.subscription;

import org.jspecify.annotations.NullMarked;
