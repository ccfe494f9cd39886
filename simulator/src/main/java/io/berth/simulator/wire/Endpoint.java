package io.berth.simulator.wire;

import io.netty.channel.ChannelPipeline;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Optional;
import javax.net.ssl.SSLException;

/// Where to connect, in clear or over TLS 1.3.
public record Endpoint(InetSocketAddress address, Optional<SslContext> tls) {
    public static Endpoint clear(InetSocketAddress address) {
        return new Endpoint(address, Optional.empty());
    }

    /// Trusts one root and, like the vendors' device SDKs, does not compare the host name. Never resumes a session:
    /// without a peer's name Netty has nothing to file one under, so every handshake is a full one.
    public static Endpoint tls(InetSocketAddress address, Path caFile) {
        try {
            SslContext context = SslContextBuilder.forClient()
                    .sslProvider(SslProvider.OPENSSL)
                    .protocols("TLSv1.3")
                    .endpointIdentificationAlgorithm(null)
                    .trustManager(caFile.toFile())
                    .build();
            return new Endpoint(address, Optional.of(context));
        } catch (SSLException e) {
            throw new IllegalStateException("cannot trust the root in " + caFile, e);
        }
    }

    void prepare(ChannelPipeline pipeline) {
        tls.ifPresent(context -> pipeline.addLast(
                new SslHandler(context.newEngine(pipeline.channel().alloc()))));
    }

    @Override
    public String toString() {
        return address.getHostString() + ":" + address.getPort();
    }
}
