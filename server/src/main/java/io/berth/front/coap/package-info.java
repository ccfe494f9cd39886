/// Devices on CoAP (RFC 7252, RFC 7959), over UDP in clear and over DTLS: they send, and hear nothing but
/// answers.
///
/// A datagram reaches the [io.berth.front.coap.CoapLoop] of its sender, from Netty's UDP channel or from the
/// DTLS library. The loop reads the [io.berth.front.coap.Message], meets repetitions with the answer they
/// had, puts blocks together, and hands a whole request to [io.berth.front.coap.Reception], which asks the
/// dialect and gives what the device says to core. The answer goes out when what was said is kept for good.
///
/// Knows no vendor: paths, codes, tokens and payload encryption are the dialect's. Why CoAP's small message
/// layer is Berth's own and DTLS is a library's: docs/decisions/0020.
@NullMarked
package io.berth.front.coap;

import org.jspecify.annotations.NullMarked;
