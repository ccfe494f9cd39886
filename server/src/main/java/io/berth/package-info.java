/// The whole server, put together with plain constructors: [io.berth.Main] reads the arguments, and
/// [io.berth.Berth] owns start and stop.
///
/// [io.berth.Platform] holds core's services over the stores, with parts of its own for what is many objects
/// ([io.berth.Certification], [io.berth.FactoryLine]). What meets the outside stands on it: the devices' wires
/// ([io.berth.DeviceWires]), the vendors' applications ([io.berth.Applications]), the native API
/// ([io.berth.NativeTable]), rules and scenes ([io.berth.Forwarding], [io.berth.Linkage]). Nobody imports
/// this package.
@NullMarked
package io.berth;

import org.jspecify.annotations.NullMarked;
