package io.berth.front.mqtt;

import io.berth.core.login.Refusal;
import io.netty.channel.Channel;
import java.net.InetSocketAddress;

/// The other end of a connection, for whoever has to name it. Made when asked for and kept nowhere.
record Peer(Channel channel) {
    String address() {
        return channel.remoteAddress() instanceof InetSocketAddress peer
                ? host(peer) + ":" + peer.getPort()
                : "unknown";
    }

    String host() {
        return channel.remoteAddress() instanceof InetSocketAddress peer ? host(peer) : "unknown";
    }

    private static String host(InetSocketAddress peer) {
        String text = peer.getAddress().getHostAddress();
        return text.indexOf(':') < 0 ? text : "[" + text + "]";
    }

    boolean isSecure() {
        return TlsFacts.handler(channel.pipeline()) != null;
    }

    /// Tells this connection from others in the log.
    String trace() {
        return channel.id().asShortText();
    }

    Refusal.Channel facts(String listener) {
        String tls = TlsFacts.of(channel.pipeline());
        boolean web = channel.pipeline().get(WebSocketBridge.class) != null;
        String transport = web ? (tls == null ? "ws" : "wss") : (tls == null ? "tcp" : "tls");
        return new Refusal.Channel(listener, address(), transport, tls);
    }
}
