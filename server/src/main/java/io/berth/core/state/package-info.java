/// What is known of each thing: its newest values, what is wanted of it, its shadow document and its history.
///
/// A front hands [Facts] to [Things#report] and acknowledges the device when they are kept for good. Reads
/// see what was reported before them. What a value may be is the thing model's to say (`core.thing`), how a
/// device is told of a wish is the business of calls (`core.session`).
@NullMarked
package io.berth.core.state;

import org.jspecify.annotations.NullMarked;
