package io.berth.front.mqtt;

import io.berth.testing.Patience;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.locks.LockSupport;
import org.bouncycastle.tls.PSKTlsClient;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.TlsClientProtocol;
import org.bouncycastle.tls.crypto.TlsCrypto;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;

/// A client with a pre-shared key that can be made to say what no honest one does.
final class PskClient implements AutoCloseable {
    private static final TlsCrypto CRYPTO = new BcTlsCrypto(new SecureRandom());

    private final Socket socket;
    private final TlsClientProtocol protocol;

    private PskClient(Socket socket, TlsClientProtocol protocol) {
        this.socket = socket;
        this.protocol = protocol;
    }

    /// Shakes hands.
    ///
    /// @throws IOException the alert that came instead
    static PskClient open(int port, String identity, String key, int suite) throws IOException {
        return open(port, identity, key, suite, ProtocolVersion.TLSv12);
    }

    static PskClient open(int port, String identity, String key, int suite, ProtocolVersion version)
            throws IOException {
        Socket socket = connect(port);
        return open(socket, socket.getOutputStream(), identity, key, suite, version);
    }

    /// Shakes hands, with a pause before each message it sends.
    ///
    /// @throws IOException the alert that came instead
    static PskClient openSlowly(int port, String identity, String key, int suite) throws IOException {
        Socket socket = connect(port);
        return open(socket, new Slow(socket.getOutputStream()), identity, key, suite, ProtocolVersion.TLSv12);
    }

    private static Socket connect(int port) throws IOException {
        Socket socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), port);
        socket.setSoTimeout((int) Patience.LONG.toMillis());
        socket.setTcpNoDelay(true);
        return socket;
    }

    private static PskClient open(
            Socket socket, OutputStream out, String identity, String key, int suite, ProtocolVersion version)
            throws IOException {
        TlsClientProtocol protocol = new TlsClientProtocol(socket.getInputStream(), out);
        try {
            protocol.connect(
                    new PSKTlsClient(
                            CRYPTO,
                            identity.getBytes(StandardCharsets.UTF_8),
                            key.getBytes(StandardCharsets.US_ASCII)) {
                        @Override
                        protected int[] getSupportedCipherSuites() {
                            return new int[] {suite};
                        }

                        @Override
                        protected ProtocolVersion[] getSupportedVersions() {
                            return version.only();
                        }
                    });
            return new PskClient(socket, protocol);
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /// The return code of the CONNACK.
    int logsIn(String name) {
        String body = "00044d51545404c2003c" + text("c") + text(name) + text("right");
        try {
            sends("10" + HexFormat.of().toHexDigits((byte) (body.length() / 2)) + body);
            return hears(4)[3];
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void sends(String hex) throws IOException {
        protocol.getOutputStream().write(HexFormat.of().parseHex(hex));
    }

    byte[] hears(int octets) throws IOException {
        InputStream down = protocol.getInputStream();
        return down.readNBytes(octets);
    }

    /// Past the encryption.
    void sendsInClear(String hex) throws IOException {
        socket.getOutputStream().write(HexFormat.of().parseHex(hex));
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private static final class Slow extends FilterOutputStream {
        private static final Duration PAUSE = Duration.ofMillis(50);

        Slow(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            LockSupport.parkNanos(PAUSE.toNanos());
            out.write(bytes, offset, length);
        }
    }

    private static String text(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        return HexFormat.of().toHexDigits((short) bytes.length) + HexFormat.of().formatHex(bytes);
    }
}
