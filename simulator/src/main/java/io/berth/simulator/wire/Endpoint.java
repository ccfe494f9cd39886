package io.berth.simulator.wire;

import io.berth.simulator.device.ClientCertificate;
import io.berth.simulator.device.PresharedKey;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import javax.net.ssl.SSLException;

/// Where to connect, in clear or encrypted.
///
/// @param encryption makes the handler that encrypts one connection; empty in clear
public record Endpoint(InetSocketAddress address, Optional<Function<ByteBufAllocator, ChannelHandler>> encryption) {
    public static Endpoint clear(InetSocketAddress address) {
        return new Endpoint(address, Optional.empty());
    }

    /// Over TLS 1.3. Trusts one root and, like the vendors' device SDKs, does not compare the host name. Never
    /// resumes a session: without a peer's name Netty has nothing to file one under, so every handshake is a full
    /// one.
    public static Endpoint tls(InetSocketAddress address, Path caFile) {
        return tls(address, client(), caFile);
    }

    /// The same for a device that shows a certificate.
    public static Endpoint tls(InetSocketAddress address, Path caFile, ClientCertificate shown) {
        return tls(address, client().keyManager(pem(shown.certificate()), pem(shown.privateKey())), caFile);
    }

    /// Over TLS 1.2 for a device with a pre-shared key.
    public static Endpoint psk(InetSocketAddress address, PresharedKey key) {
        return new Endpoint(address, Optional.of(_ -> new PskHandler(key)));
    }

    private static SslContextBuilder client() {
        return SslContextBuilder.forClient()
                .sslProvider(SslProvider.OPENSSL)
                .protocols("TLSv1.3")
                .endpointIdentificationAlgorithm(null);
    }

    private static Endpoint tls(InetSocketAddress address, SslContextBuilder client, Path caFile) {
        try {
            SslContext context = client.trustManager(caFile.toFile()).build();
            return new Endpoint(address, Optional.of(allocator -> new SslHandler(context.newEngine(allocator))));
        } catch (SSLException e) {
            throw new IllegalStateException("cannot trust the root in " + caFile, e);
        }
    }

    private static InputStream pem(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII));
    }

    void prepare(ChannelPipeline pipeline) {
        encryption.ifPresent(
                encrypt -> pipeline.addLast(encrypt.apply(pipeline.channel().alloc())));
    }

    @Override
    public String toString() {
        return address.getHostString() + ":" + address.getPort();
    }
}
