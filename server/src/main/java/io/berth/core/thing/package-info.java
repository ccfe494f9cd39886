/// What a device is to an application: a thing with properties that have values, events that happen to it,
/// and services it can be asked for.
///
/// A [ThingModel] says what there is and checks what comes. A dialect reads its wire's JSON into
/// [io.berth.core.Value]s, has the model admit them, and hands them on; everything after that (latest values,
/// history, desired values, calls) is the same for every wire. Nothing here knows a vendor, a wire or a
/// database.
@NullMarked
package io.berth.core.thing;

import org.jspecify.annotations.NullMarked;
