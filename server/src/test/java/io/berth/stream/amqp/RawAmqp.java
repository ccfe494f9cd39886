package io.berth.stream.amqp;

import io.berth.core.Payload;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/// A socket that speaks AMQP byte by byte, rightly or wrongly.
final class RawAmqp implements AutoCloseable {
    static final String SASL = "414d515003010000";
    static final String AMQP = "414d515000010000";

    private final Socket socket;
    private final DataInputStream in;

    private RawAmqp(Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(30_000);
        socket.setTcpNoDelay(true);
        in = new DataInputStream(socket.getInputStream());
    }

    static RawAmqp open(int port) throws IOException {
        return new RawAmqp(new Socket(InetAddress.ofLiteral("127.0.0.1"), port));
    }

    /// One with a small window, which fills while it does not read.
    static RawAmqp narrow(int port) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(4096);
        socket.connect(new java.net.InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port));
        return new RawAmqp(socket);
    }

    /// A frame as it came.
    record Frame(int type, Payload body) {
        /// The code of the performative in it, 0 for an empty frame.
        int code() {
            return body.size() < 3 ? 0 : body.at(2) & 0xff;
        }

        String text() {
            return new String(body.toBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    RawAmqp send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        return this;
    }

    RawAmqp send(String hex) throws IOException {
        return send(HexFormat.of().parseHex(hex));
    }

    /// An AMQP frame on channel 0 with this body.
    RawAmqp frame(String body) throws IOException {
        return frame(0, HexFormat.of().parseHex(body));
    }

    RawAmqp frame(int type, byte[] body) throws IOException {
        ByteBuffer frame = ByteBuffer.allocate(8 + body.length);
        frame.putInt(8 + body.length)
                .put((byte) 2)
                .put((byte) type)
                .putShort((short) 0)
                .put(body);
        return send(frame.array());
    }

    /// A whole login, after which AMQP begins.
    RawAmqp login(String user, String password) throws IOException {
        send(SASL);
        expectHeader(SASL);
        receive();
        init("PLAIN", "\0" + user + "\0" + password);
        Frame outcome = receive();
        if (!outcome.text().endsWith("P\0")) {
            throw new IllegalStateException(
                    "refused: " + HexFormat.of().formatHex(outcome.body().toBytes()));
        }
        return this;
    }

    RawAmqp init(String mechanism, String response) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        byte[] text = response.getBytes(StandardCharsets.UTF_8);
        body.write(new byte[] {0, 0x53, 0x41, (byte) 0xd0});
        body.write(ByteBuffer.allocate(8)
                .putInt(4 + 2 + mechanism.length() + 5 + text.length)
                .putInt(2)
                .array());
        body.write(new byte[] {(byte) 0xa3, (byte) mechanism.length()});
        body.write(mechanism.getBytes(StandardCharsets.US_ASCII));
        body.write((byte) 0xb0);
        body.write(ByteBuffer.allocate(4).putInt(text.length).array());
        body.write(text);
        return frame(1, body.toByteArray());
    }

    /// Opens a connection and a session.
    RawAmqp begin() throws IOException {
        send(AMQP);
        expectHeader(AMQP);
        frame("005310c00601a103726177"); // open: container-id raw
        frame("005311c00a04404370000007ff5205"); // begin: no remote channel, next id 0, window 2047, window 5
        return this;
    }

    /// Asks to receive from this address.
    RawAmqp attach(String address) throws IOException {
        byte[] source = address.getBytes(StandardCharsets.US_ASCII);
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        // name l, handle 0, role receiver, settle modes left open, source with the address, no target
        body.writeBytes(HexFormat.of().parseHex("005312c0"));
        body.write(17 + source.length);
        body.writeBytes(HexFormat.of().parseHex("07a1016c43414040005328c0"));
        body.write(3 + source.length);
        body.writeBytes(new byte[] {1, (byte) 0xa1, (byte) source.length});
        body.writeBytes(source);
        body.write(0x40);
        frame(0, body.toByteArray());
        receive(0x12);
        return this;
    }

    RawAmqp credit(int messages) throws IOException {
        // flow: next-incoming-id 0, window 2047, next-outgoing-id 0, window 5, handle 0, delivery-count 0, credit
        return frame("005313c0110743" + "70000007ff" + "43" + "5205" + "4343" + "70%08x".formatted(messages));
    }

    void expectHeader(String hex) throws IOException {
        String got = HexFormat.of().formatHex(in.readNBytes(8));
        if (!got.equals(hex)) {
            throw new IllegalStateException("expected header " + hex + ", got " + got);
        }
    }

    Frame receive() throws IOException {
        int size = in.readInt();
        int offset = in.readUnsignedByte() * 4;
        int type = in.readUnsignedByte();
        in.readShort();
        in.readNBytes(offset - 8);
        return new Frame(type, Payload.owned(in.readNBytes(size - offset)));
    }

    /// Reads until one of this performative comes.
    Frame receive(int code) throws IOException {
        while (true) {
            Frame frame = receive();
            if (frame.code() == code) {
                return frame;
            }
        }
    }

    /// Waits until the server hangs up; what it said before.
    byte[] awaitClosed() throws IOException {
        try {
            return in.readAllBytes();
        } catch (SocketException _) {
            return new byte[0]; // reset: it hung up while we spoke
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
