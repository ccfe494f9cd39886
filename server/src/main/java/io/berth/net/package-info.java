/// What the wires on Netty share: event loops, binding a listener to its addresses, naming the other end of a
/// connection.
///
/// Knows no protocol and nothing of the platform but how a start is refused.
@NullMarked
package io.berth.net;

import org.jspecify.annotations.NullMarked;
