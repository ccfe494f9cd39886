package io.berth.simulator.wire;

import io.berth.simulator.device.Identity;
import io.berth.simulator.device.PresharedKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import org.bouncycastle.tls.CipherSuite;
import org.bouncycastle.tls.DTLSClientProtocol;
import org.bouncycastle.tls.DTLSTransport;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.UDPTransport;

/// A device of Alibaba's on CoAP through DTLS: a full handshake by pre-shared key, with the suite that CoAP demands
/// (RFC 7252 section 9.1.3.1), and a login. Blocking, for a virtual thread.
public final class DtlsVisit implements AutoCloseable {
    private static final int MTU = 1400;
    private static final int REPEAT_MILLIS = 2000;
    private static final int ATTEMPTS = 4;

    private final DatagramSocket socket;
    private final DTLSTransport transport;

    private DtlsVisit(DatagramSocket socket, DTLSTransport transport) {
        this.socket = socket;
        this.transport = transport;
    }

    /// Returns once the device is logged in.
    ///
    /// @param key the device's
    public static DtlsVisit of(InetSocketAddress server, Identity device, PresharedKey key) {
        DatagramSocket socket = null;
        try {
            socket = new DatagramSocket();
            socket.connect(server);
            PskClient client = new PskClient(key, ProtocolVersion.DTLSv12, CipherSuite.TLS_PSK_WITH_AES_128_CCM_8);
            DtlsVisit visit =
                    new DtlsVisit(socket, new DTLSClientProtocol().connect(client, new UDPTransport(socket, MTU)));
            visit.login(device);
            return visit;
        } catch (IOException e) {
            if (socket != null) {
                socket.close();
            }
            throw new UncheckedIOException(key + ": " + e.getMessage(), e);
        }
    }

    private void login(Identity device) throws IOException {
        byte[] request = CoapPost.login(device, 1, "");
        byte[] answer = new byte[transport.getReceiveLimit()];
        for (int i = 0; i < ATTEMPTS; i++) {
            transport.send(request, 0, request.length);
            int length = transport.receive(answer, 0, answer.length, REPEAT_MILLIS);
            if (length > 1 && answer[1] == CoapPost.CONTENT) {
                return;
            }
            if (length > 1) {
                throw new IOException("the server answered %d.%02d".formatted(answer[1] >> 5 & 7, answer[1] & 0x1f));
            }
        }
        throw new IOException("the server did not answer the login");
    }

    /// Tells the server, which waits for no more.
    @Override
    public void close() {
        try {
            transport.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            socket.close();
        }
    }
}
