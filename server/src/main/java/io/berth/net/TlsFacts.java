package io.berth.net;

import io.netty.channel.ChannelPipeline;
import io.netty.handler.ssl.SslHandler;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/// What an operator wants to know of a TLS connection.
public final class TlsFacts {
    private TlsFacts() {}

    public static @Nullable SslHandler handler(ChannelPipeline pipeline) {
        return pipeline.get(SslHandler.class);
    }

    /// Protocol, suite, server name and certificate subject; null in clear.
    public static @Nullable String of(ChannelPipeline pipeline) {
        SslHandler handler = handler(pipeline);
        if (handler == null) {
            return null;
        }
        SSLSession session = handler.engine().getSession();
        String name = serverName(session);
        return session.getProtocol() + " " + session.getCipherSuite() + (name == null ? "" : ", server name " + name)
                + subject(session);
    }

    /// The name of the server the client wants (SNI), null in clear and where it says none.
    public static @Nullable String serverName(ChannelPipeline pipeline) {
        SslHandler handler = handler(pipeline);
        return handler == null ? null : serverName(handler.engine().getSession());
    }

    /// What the client showed, its own certificate first; none in clear. The library reads some of it only when
    /// it is looked at, and throws an IllegalStateException then if it cannot.
    public static List<X509Certificate> certificates(ChannelPipeline pipeline) {
        SslHandler handler = handler(pipeline);
        return handler == null ? List.of() : certificates(handler.engine().getSession());
    }

    private static List<X509Certificate> certificates(SSLSession session) {
        try {
            return Stream.of(session.getPeerCertificates())
                    .map(X509Certificate.class::cast)
                    .toList();
        } catch (SSLPeerUnverifiedException _) {
            return List.of();
        }
    }

    private static @Nullable String serverName(SSLSession session) {
        List<SNIServerName> names =
                session instanceof ExtendedSSLSession extended ? extended.getRequestedServerNames() : List.of();
        return !names.isEmpty() && names.getFirst() instanceof SNIHostName name ? name.getAsciiName() : null;
    }

    private static String subject(SSLSession session) {
        List<X509Certificate> certificates = certificates(session);
        try {
            return certificates.isEmpty()
                    ? ""
                    : ", certificate of "
                            + certificates.getFirst().getSubjectX500Principal().getName();
        } catch (IllegalStateException _) {
            return ", a certificate that cannot be read";
        }
    }
}
