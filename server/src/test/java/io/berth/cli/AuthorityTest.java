package io.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Servers behind TLS: trusted when their root is named, not otherwise.
final class AuthorityTest {
    @TempDir
    private Path files;

    private HttpsServer server;
    private Path root;

    @BeforeEach
    void start() throws Exception {
        KeyPair keys = KeyPairGenerator.getInstance("EC").generateKeyPair();
        X509Certificate certificate = certificate(keys);
        root = Files.writeString(
                files.resolve("root.pem"),
                "-----BEGIN CERTIFICATE-----\n"
                        + Base64.getMimeEncoder().encodeToString(certificate.getEncoded())
                        + "\n-----END CERTIFICATE-----\n");
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(identity(keys, certificate)));
        server.createContext("/api/v1/node", exchange -> {
            try (exchange) {
                byte[] answer = "{\"pid\":1}".getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(200, answer.length);
                exchange.getResponseBody().write(answer);
            }
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void trusts_the_root_that_is_named() {
        Terminal.Result result =
                new Terminal().berth("node", "--json", "--server", url(), "--token", "t", "--ca", root.toString());

        assertThat(result).isEqualTo(new Terminal.Result(0, "{\"pid\":1}\n", ""));
    }

    @Test
    void trusts_the_root_that_the_runtime_file_names() throws IOException {
        Files.writeString(files.resolve("token"), "t");
        JsonObject runtime =
                new JsonObject().with("url", url()).with("tokenFile", "token").with("caFile", root.toString());
        Files.writeString(files.resolve("runtime.json"), runtime.toString());

        assertThat(new Terminal().berth("node", "--data", files.toString()).code())
                .isZero();
    }

    @Test
    void refuses_a_server_it_cannot_trust_and_says_what_helps() {
        Terminal.Result result = new Terminal().berth("node", "--server", url(), "--token", "t");

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err()).contains("no trusted TLS connection to " + url(), "--ca FILE");
    }

    @Test
    void says_when_the_root_cannot_be_read() throws IOException {
        Files.writeString(root, "not a certificate");

        assertThat(new Terminal()
                        .berth("node", "--server", url(), "--token", "t", "--ca", root.toString())
                        .err())
                .contains("cannot read the root certificate in " + root);
    }

    private String url() {
        return "https://127.0.0.1:" + server.getAddress().getPort();
    }

    private static SSLContext identity(KeyPair keys, X509Certificate certificate) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("server", keys.getPrivate(), new char[0], new Certificate[] {certificate});
        KeyManagerFactory identities = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        identities.init(store, new char[0]);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(identities.getKeyManagers(), null, null);
        return context;
    }

    private static X509Certificate certificate(KeyPair keys) throws Exception {
        X500Name name = new X500Name("CN=test");
        JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                name,
                BigInteger.ONE,
                Date.from(Instant.now().minus(Duration.ofHours(1))),
                Date.from(Instant.now().plus(Duration.ofHours(1))),
                name,
                keys.getPublic());
        builder.addExtension(
                Extension.subjectAlternativeName,
                false,
                new GeneralNames(new GeneralName(GeneralName.iPAddress, "127.0.0.1")));
        return new JcaX509CertificateConverter()
                .getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate())));
    }
}
