/// The HTTP front: devices that come, report and go.
///
/// Gets its connections from whoever owns the listener ([io.berth.net.HttpWire]), speaks HTTP/1.1 and HTTP/2
/// on them, and bounds what comes: connections, heads, bodies, requests that wait, time. A whole request goes
/// to the [io.berth.dialect.HttpDialect] that owns its path; the dialect says who it claims to be and what it
/// means, and the answer goes out when the message is kept. Knows no vendor, no path and no token.
@NullMarked
package io.berth.front.http;

import org.jspecify.annotations.NullMarked;
