package io.berth.front.mqtt;

import io.berth.core.certificate.Presented;
import io.berth.core.device.DeviceId;
import io.berth.core.login.Refusal;
import io.berth.net.PeerAddress;
import io.berth.net.TlsFacts;
import io.berth.net.psk.PskHandler;
import io.netty.channel.Channel;
import java.security.cert.X509Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The other end of a connection, for whoever has to name it. Made when asked for and kept nowhere.
record Peer(Channel channel) {
    String address() {
        return PeerAddress.of(channel);
    }

    String host() {
        return PeerAddress.host(channel);
    }

    boolean isSecure() {
        return TlsFacts.handler(channel.pipeline()) != null || pskFacts() != null;
    }

    /// The device whose pre-shared key encrypts the connection; null where none does.
    @Nullable
    DeviceId keyOwner() {
        PskLogin login = channel.pipeline().get(PskLogin.class);
        return login == null ? null : login.device();
    }

    /// What it showed of itself when the encryption began; nothing where nobody asked it.
    Presented presented(ListenerConfig listener) {
        List<X509Certificate> certificates =
                listener.clientCertificates() ? TlsFacts.certificates(channel.pipeline()) : List.of();
        return certificates.isEmpty()
                ? Presented.NOTHING
                : new Presented(certificates, TlsFacts.serverName(channel.pipeline()));
    }

    /// Tells this connection from others in the log.
    String trace() {
        return channel.id().asShortText();
    }

    Refusal.Channel facts(String listener) {
        String psk = pskFacts();
        String tls = psk == null ? TlsFacts.of(channel.pipeline()) : psk;
        boolean web = channel.pipeline().get(WebSocketBridge.class) != null;
        String transport = web ? (tls == null ? "ws" : "wss") : (tls == null ? "tcp" : "tls");
        return new Refusal.Channel(listener, address(), transport, tls);
    }

    private @Nullable String pskFacts() {
        PskHandler handler = channel.pipeline().get(PskHandler.class);
        return handler == null ? null : handler.agreed();
    }
}
