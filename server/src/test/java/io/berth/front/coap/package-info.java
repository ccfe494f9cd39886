/// Tests of the CoAP wire: a front on a free port, raw datagrams, and hand-written stands for what lies behind.
@NullMarked
package io.berth.front.coap;

import org.jspecify.annotations.NullMarked;
