package io.berth.front.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.berth.testing.Patience;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Handshakes with clients that can do only one thing. The client is BoringSSL too, because the JDK has
/// forgotten the old versions.
final class TlsTest {
    private static final MqttBed BED = MqttBed.with().allListeners().start();

    private static final EventLoopGroup LOOP = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());

    @AfterAll
    static void stop() {
        var _ = LOOP.shutdownGracefully(0, 1, TimeUnit.SECONDS);
        BED.close();
    }

    @ParameterizedTest
    @CsvSource({
        "mqtt,TLSv1.3,TLS_AES_128_GCM_SHA256,EC",
        "mqtt,TLSv1.2,TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,EC",
        "mqtt,TLSv1.2,TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,RSA",
        "mqtt,TLSv1.2,TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA,RSA",
        "mqtts,TLSv1.3,TLS_AES_128_GCM_SHA256,EC",
        "https,TLSv1.3,TLS_AES_256_GCM_SHA384,EC",
        "old,TLSv1.3,TLS_AES_128_GCM_SHA256,EC",
        "old,TLSv1.2,TLS_RSA_WITH_AES_128_CBC_SHA,RSA",
        "old,TLSv1.1,TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA,RSA",
        "old,TLSv1,TLS_RSA_WITH_AES_128_CBC_SHA,RSA",
        "old,TLSv1,TLS_RSA_WITH_AES_256_CBC_SHA,RSA"
    })
    void shows_the_certificate_the_client_can_work_with(String listener, String protocol, String suite, String key)
            throws Exception {
        X509Certificate shown = handshake(listener, protocol, suite);
        assertThat(shown.getPublicKey().getAlgorithm()).isEqualTo(key);
    }

    @ParameterizedTest
    @CsvSource({
        "mqtt,TLSv1,TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA",
        "mqtt,TLSv1.1,TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA",
        "mqtt,TLSv1.2,TLS_RSA_WITH_AES_128_CBC_SHA",
        "mqtts,TLSv1.1,TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA"
    })
    void refuses_old_tls_where_it_is_not_switched_on(String listener, String protocol, String suite) {
        int before = BED.traffic.count("dropped tls handshake");
        assertThatThrownBy(() -> handshake(listener, protocol, suite)).isInstanceOf(ExecutionException.class);
        assertThat(BED.traffic.count("dropped tls handshake")).isGreaterThanOrEqualTo(before);
    }

    @Test
    void has_boring_ssl() {
        assertThat(OpenSsl.isAvailable()).isTrue();
        assertThat(OpenSsl.versionString()).contains("BoringSSL");
    }

    /// Shakes hands and answers the server's certificate.
    private static X509Certificate handshake(String listener, String protocol, String suite) throws Exception {
        SslContext context = SslContextBuilder.forClient()
                .sslProvider(SslProvider.OPENSSL)
                .trustManager(TestTls.trusting(MqttBed.IDENTITY.caFile()))
                .protocols(protocol)
                .ciphers(List.of(suite))
                .endpointIdentificationAlgorithm("HTTPS")
                .build();
        SslHandler handler = context.newHandler(UnpooledByteBufAllocator.DEFAULT, "localhost", BED.port(listener));
        Channel channel = new Bootstrap()
                .group(LOOP)
                .channel(NioSocketChannel.class)
                .handler(handler)
                .connect("127.0.0.1", BED.port(listener))
                .sync()
                .channel();
        try {
            handler.handshakeFuture().get(Patience.LONG.toSeconds(), TimeUnit.SECONDS);
            return (X509Certificate) handler.engine().getSession().getPeerCertificates()[0];
        } finally {
            channel.close().sync();
        }
    }
}
