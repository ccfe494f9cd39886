/// The AMQP 1.0 server applications subscribe at, on Netty event loops and the Qpid engine.
///
/// [io.berth.stream.amqp.AmqpServer] binds the listeners. A connection begins as a `SaslHandshake`, whose login
/// `SubscriberLogins` decides off the loop; then it is an `AmqpConnection` around one protocol engine. Each
/// receiver a client attaches is a `SubscriberLink`: it asks a consumer of the group for as many events as the
/// client's credit and its own bounds allow, has them written in the group's format by `Rendering` on a thread
/// of its own, and tells the group what the client made of them. Vendors differ in their logins only, which
/// [io.berth.dialect.SubscriberDialect] reads.
@NullMarked
package io.berth.stream.amqp;

import org.jspecify.annotations.NullMarked;
