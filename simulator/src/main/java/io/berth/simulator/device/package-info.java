/// Who the simulated devices are and what they say: identities derived from a seed, logins signed as each vendor's own
/// firmware signs them, topics and bodies.
///
/// Written from the vendors' pages and not from Berth's dialects, so that a mistake on one side shows on the other.
/// Knows no sockets.
@NullMarked
package io.berth.simulator.device;

import org.jspecify.annotations.NullMarked;
