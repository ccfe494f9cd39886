package io.berth.front.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Handshakes with clients that can do only one thing. The client is BoringSSL too, because the JDK has forgotten the
/// old versions.
final class TlsTest {
    private static final MqttBed BED = MqttBed.start();

    @AfterAll
    static void stop() {
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
            throws IOException {
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
        assertThatThrownBy(() -> handshake(listener, protocol, suite)).isInstanceOf(IOException.class);
        assertThat(BED.traffic.count("dropped tls handshake")).isGreaterThanOrEqualTo(before);
    }

    @Test
    void has_boring_ssl() {
        assertThat(OpenSsl.isAvailable()).isTrue();
        assertThat(OpenSsl.versionString()).contains("BoringSSL");
    }

    /// Shakes hands and answers the server's certificate.
    private static X509Certificate handshake(String listener, String protocol, String suite) throws IOException {
        SslContext context = SslContextBuilder.forClient()
                .sslProvider(SslProvider.OPENSSL)
                .trustManager(TestTls.trusting(MqttBed.IDENTITY.caFile()))
                .protocols(protocol)
                .ciphers(List.of(suite))
                .endpointIdentificationAlgorithm("HTTPS")
                .build();
        SSLEngine engine = context.newEngine(UnpooledByteBufAllocator.DEFAULT, "localhost", BED.port(listener));
        try (RawClient client = RawClient.open(BED.port(listener))) {
            drive(engine, client.socket());
            return (X509Certificate) engine.getSession().getPeerCertificates()[0];
        } finally {
            engine.closeOutbound();
            ReferenceCountUtil.release(engine);
        }
    }

    private static void drive(SSLEngine engine, Socket socket) throws IOException {
        engine.beginHandshake();
        ByteBuffer in = ByteBuffer.allocate(65_536).flip();
        ByteBuffer out = ByteBuffer.allocate(65_536);
        ByteBuffer none = ByteBuffer.allocate(65_536);
        while (true) {
            HandshakeStatus status = engine.getHandshakeStatus();
            switch (status) {
                case FINISHED, NOT_HANDSHAKING -> {
                    return;
                }
                case NEED_TASK -> engine.getDelegatedTask().run();
                case NEED_WRAP -> {
                    engine.wrap(ByteBuffer.allocate(0), out.clear());
                    socket.getOutputStream().write(out.array(), 0, out.position());
                }
                case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> unwrap(engine, socket, in, none);
            }
        }
    }

    private static void unwrap(SSLEngine engine, Socket socket, ByteBuffer in, ByteBuffer none) throws IOException {
        SSLEngineResult result = engine.unwrap(in, none.clear());
        if (result.getStatus() == SSLEngineResult.Status.BUFFER_UNDERFLOW
                || (result.bytesConsumed() == 0 && engine.getHandshakeStatus() == HandshakeStatus.NEED_UNWRAP)) {
            in.compact();
            int read = socket.getInputStream().read(in.array(), in.position(), in.remaining());
            if (read < 0) {
                throw new SSLException("the server closed");
            }
            in.position(in.position() + read).flip();
        }
    }
}
