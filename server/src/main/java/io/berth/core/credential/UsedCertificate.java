package io.berth.core.credential;

/// The certificate that a session began with: what ends the one ends the other.
///
/// @param authority the id of the owner's authority that signed it, empty where the platform did
/// @param serial its number with that authority, hexadecimal
public record UsedCertificate(Fingerprint fingerprint, String authority, String serial) {}
