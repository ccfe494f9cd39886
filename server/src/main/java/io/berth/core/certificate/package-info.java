/// Devices that prove themselves by X.509 certificates, in two ways. Either the platform's own authority made
/// the certificate: then it is remembered by its fingerprint and says by itself which device it is. Or an
/// owner's authority did, which proved that it holds its key: then the device says who it is, and the
/// certificate must be the one pinned to that device. Making keys and certificates takes a library, so that
/// stands behind [Mint]; checking them does not.
@NullMarked
package io.berth.core.certificate;

import org.jspecify.annotations.NullMarked;
