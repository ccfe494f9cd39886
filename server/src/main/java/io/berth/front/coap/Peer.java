package io.berth.front.coap;

import io.berth.core.login.Refusal.Channel;

/// The other end of the wire, as the message layer needs it.
interface Peer {
    /// What tells it from all others: its address, or its DTLS session, which may move between addresses.
    Object key();

    String address();

    boolean isSecure();

    Channel channel();

    /// On the peer's loop.
    void send(byte[] datagram);
}
