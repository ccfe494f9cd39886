/// Hand-written stand-ins for what lies behind core: stores in memory, a clock that a test moves, a device that a test
/// holds by the hand.
@NullMarked
package io.berth.testing;

import org.jspecify.annotations.NullMarked;
