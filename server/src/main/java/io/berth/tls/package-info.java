/// The server's own certificates: a private root made on the first start, server certificates signed by it,
/// kept as PEM files and renewed before they expire. And the certificates of devices, for whoever keeps
/// those.
///
/// The result is a [io.berth.core.credential.ServerIdentity], a list of files. Nothing here knows who
/// listens. Bouncy Castle is loaded only when something has to be signed.
@NullMarked
package io.berth.tls;

import org.jspecify.annotations.NullMarked;
