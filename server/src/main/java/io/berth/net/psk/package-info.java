/// TLS with pre-shared keys over TCP (RFC 4279, RFC 5487, RFC 5489), for firmware that has no room for
/// certificates.
///
/// [io.berth.net.psk.PskTls] says what a listener speaks, [io.berth.net.psk.PskHandler] stands in a
/// connection's pipeline where an `SslHandler` would. Whose a key is, is the business of whoever hands in
/// [io.berth.net.psk.PskKeys]. Bouncy Castle's TLS does the protocol, because neither the JDK nor Netty's
/// BoringSSL offers these suites: docs/decisions/0024.
@NullMarked
package io.berth.net.psk;

import org.jspecify.annotations.NullMarked;
