/// Devices and load as a black box: everything here reaches a server through its sockets and nothing else.
///
/// [io.berth.simulator.Main] offers three commands. `bench` measures one scenario window by window and prints one JSON
/// line; `simulate` is a fleet that behaves like one; `yardstick` is the smallest server that can do the same work, the
/// measure Berth is compared with. No class of the server is on the class path, so nothing can be measured but the
/// wire.
@NullMarked
package io.berth.simulator;

import org.jspecify.annotations.NullMarked;
