/// Values in few octets, for whatever is kept: columns of the store, records of the event log. Knows the root
/// of core and nothing of who keeps them.
@NullMarked
package io.berth.binary;

import org.jspecify.annotations.NullMarked;
