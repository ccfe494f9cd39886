/// The smallest server that can do what the scenarios ask: checks the signature of a login, acknowledges, routes a
/// publish by one hash map look-up, and offers the two HTTP doors of the native API.
///
/// It is no product: no sessions, no rights, no storage. What it reaches on a machine is the practical ceiling of this
/// language and transport there, and Berth's figures are read as a share of it.
@NullMarked
package io.berth.simulator.yardstick;

import org.jspecify.annotations.NullMarked;
