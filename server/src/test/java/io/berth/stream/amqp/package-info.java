/// Tests of the AMQP server: on ports of its own, with stock clients and raw sockets, and hand-written groups behind
/// it.
@NullMarked
package io.berth.stream.amqp;

import org.jspecify.annotations.NullMarked;
