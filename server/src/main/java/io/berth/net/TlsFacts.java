package io.berth.net;

import io.netty.channel.ChannelPipeline;
import io.netty.handler.ssl.SslHandler;
import java.security.cert.X509Certificate;
import java.util.List;
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
        return session.getProtocol() + " " + session.getCipherSuite() + serverName(session) + subject(session);
    }

    private static String serverName(SSLSession session) {
        List<SNIServerName> names =
                session instanceof ExtendedSSLSession extended ? extended.getRequestedServerNames() : List.of();
        return !names.isEmpty() && names.getFirst() instanceof SNIHostName name
                ? ", server name " + name.getAsciiName()
                : "";
    }

    private static String subject(SSLSession session) {
        try {
            return session.getPeerCertificates()[0] instanceof X509Certificate certificate
                    ? ", certificate of "
                            + certificate.getSubjectX500Principal().getName()
                    : "";
        } catch (SSLPeerUnverifiedException _) {
            return "";
        }
    }
}
