package io.berth.net;

import io.netty.channel.Channel;
import java.net.InetSocketAddress;

/// The address of the other end of a connection, as text.
public final class PeerAddress {
    private static final String UNKNOWN = "unknown";

    private PeerAddress() {}

    /// Address and port.
    public static String of(Channel channel) {
        return channel.remoteAddress() instanceof InetSocketAddress peer ? of(peer) : UNKNOWN;
    }

    /// Likewise, of whoever sent a datagram.
    public static String of(InetSocketAddress peer) {
        return host(peer) + ":" + peer.getPort();
    }

    /// The address alone: what limits of an address go by.
    public static String host(Channel channel) {
        return channel.remoteAddress() instanceof InetSocketAddress peer ? host(peer) : UNKNOWN;
    }

    private static String host(InetSocketAddress peer) {
        String text = peer.getAddress().getHostAddress();
        return text.indexOf(':') < 0 ? text : "[" + text + "]";
    }
}
