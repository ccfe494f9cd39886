/// The HTTP server of the application side: native API, metrics, health and, later, the vendors' application APIs.
///
/// It knows paths, bodies and bounds, and nothing of devices: whoever has something to serve hands in a list of
/// [io.berth.web.Endpoint]s. Each request runs on a virtual thread of its own and may block. What goes wrong below an
/// endpoint (no such path, a body too large, malformed HTTP) is answered here as RFC 9457 problem JSON.
@NullMarked
package io.berth.web;

import org.jspecify.annotations.NullMarked;
