/// JMH on what every login and every message passes: signatures, topic filters, the packet codec.
///
/// These say where the nanoseconds of a change went; what a server reaches is told by `berth bench`.
@NullMarked
package io.berth.benchmarks;

import org.jspecify.annotations.NullMarked;
