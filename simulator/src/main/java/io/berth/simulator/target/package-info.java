/// Servers that can be put under load: a running Berth, the yardstick and mosquitto.
///
/// A [io.berth.simulator.target.Target] says where its sockets are, which process to account, how a device signs in and
/// how messages reach one. The two yardsticks run as child processes and end with the bench.
@NullMarked
package io.berth.simulator.target;

import org.jspecify.annotations.NullMarked;
