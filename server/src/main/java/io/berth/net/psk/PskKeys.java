package io.berth.net.psk;

/// Knows the keys of one connection's client.
public interface PskKeys {
    /// The key of this identity, be it nobody's: a client must not learn which identities there are. Called
    /// once, on a virtual thread, and may wait; what it throws ends the handshake as an error of this side.
    byte[] key(byte[] identity);
}
