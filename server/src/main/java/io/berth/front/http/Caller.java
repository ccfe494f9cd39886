package io.berth.front.http;

import io.berth.net.PeerAddress;
import io.berth.net.TlsFacts;
import io.netty.channel.Channel;

/// The other end of a connection.
///
/// @param channel the connection's own, also for the streams on it
/// @param address with the port
/// @param host without it
record Caller(Channel channel, String listener, String address, String host, boolean isSecure) {
    static Caller of(Channel channel, String listener) {
        return new Caller(
                channel,
                listener,
                PeerAddress.of(channel),
                PeerAddress.host(channel),
                TlsFacts.handler(channel.pipeline()) != null);
    }
}
