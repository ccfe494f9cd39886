package io.berth.front.mqtt;

import io.berth.core.Payload;
import io.berth.testing.Patience;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/// A socket that speaks MQTT byte by byte, rightly or wrongly.
final class RawClient implements AutoCloseable {
    private final Socket socket;
    private final DataInputStream in;

    RawClient(Socket socket) {
        try {
            this.socket = socket;
            socket.setSoTimeout((int) Patience.LONG.toMillis());
            socket.setTcpNoDelay(true);
            in = new DataInputStream(socket.getInputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static RawClient open(int port) {
        try {
            return new RawClient(new Socket(InetAddress.ofLiteral("127.0.0.1"), port));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A packet as it came.
    record Packet(int first, Payload content) {
        byte[] body() {
            return content.toBytes();
        }

        int type() {
            return first >> 4;
        }

        int id() {
            int at = type() == 3 ? 2 + topic().length() : 0;
            return ByteBuffer.wrap(body()).getShort(at) & 0xffff;
        }

        boolean isDuplicate() {
            return (first & 8) != 0;
        }

        String topic() {
            return new String(body(), 2, ByteBuffer.wrap(body()).getShort(0), StandardCharsets.UTF_8);
        }

        /// Of MQTT 3.x.
        String payload() {
            int at = 2 + topic().length() + ((first & 6) == 0 ? 0 : 2);
            return new String(body(), at, content.size() - at, StandardCharsets.UTF_8);
        }

        String hex() {
            return HexFormat.of().formatHex(body());
        }
    }

    RawClient send(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    RawClient send(String hex) {
        return send(HexFormat.of().parseHex(hex.replace(" ", "")));
    }

    /// Logs in with MQTT 3.1.1, a clean session and the right password.
    RawClient login(String name) {
        return login(name, true, 60);
    }

    /// Logs in and checks nothing but that it worked; answers whether a session was present.
    boolean resumes(String name) {
        send(connect("MQTT", 4, 0xC0, 60, name, name, "right"));
        Packet answer = receive();
        if (!answer.hex().endsWith("00")) {
            throw new AssertionError("refused: " + answer.hex());
        }
        return answer.body()[0] == 1;
    }

    RawClient login(String name, boolean clean, int keepAlive) {
        send(connect("MQTT", 4, clean ? 0xC2 : 0xC0, keepAlive, name, name, "right"));
        Packet answer = receive();
        if (answer.type() != 2 || answer.body()[1] != 0) {
            throw new AssertionError("refused: " + answer.hex());
        }
        return this;
    }

    static byte[] connect(
            String protocol, int level, int flags, int keepAlive, String clientId, String name, String password) {
        Body body = new Body().text(protocol).number1(level).number1(flags).number2(keepAlive);
        if (level == 5) {
            body.number1(0);
        }
        return packet(0x10, body.text(clientId).text(name).text(password));
    }

    static byte[] publish(String topic, int qos, int id, String text) {
        Body body = new Body().text(topic);
        if (qos > 0) {
            body.number2(id);
        }
        return packet(0x30 | qos << 1, body.bytes(text.getBytes(StandardCharsets.UTF_8)));
    }

    static byte[] subscribe(int id, int qos, String... filters) {
        Body body = new Body().number2(id);
        for (String filter : filters) {
            body.text(filter).number1(qos);
        }
        return packet(0x82, body);
    }

    static byte[] unsubscribe(int id, String filter) {
        return packet(0xA2, new Body().number2(id).text(filter));
    }

    static byte[] puback(int id) {
        return packet(0x40, new Body().number2(id));
    }

    static byte[] packet(int first, Body body) {
        byte[] content = body.out.toByteArray();
        Body all = new Body().number1(first);
        int rest = content.length;
        do {
            all.number1(rest > 127 ? (rest & 127) | 128 : rest);
            rest >>= 7;
        } while (rest > 0);
        return all.bytes(content).out.toByteArray();
    }

    /// Bytes in the making.
    static final class Body {
        private final ByteArrayOutputStream out = new ByteArrayOutputStream();

        Body number1(int value) {
            out.write(value);
            return this;
        }

        Body number2(int value) {
            return number1(value >> 8).number1(value);
        }

        Body text(String text) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            return number2(bytes.length).bytes(bytes);
        }

        Body bytes(byte[] bytes) {
            out.writeBytes(bytes);
            return this;
        }
    }

    Packet receive() {
        try {
            int first = in.readUnsignedByte();
            int length = 0;
            int shift = 0;
            int digit;
            do {
                digit = in.readUnsignedByte();
                length |= (digit & 127) << shift;
                shift += 7;
            } while (digit > 127);
            return new Packet(first, Payload.owned(in.readNBytes(length)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Asks for a sign of life: what comes before it was sent before it.
    boolean isAlive() {
        send("c000");
        Packet answer = receive();
        return answer.type() == 13;
    }

    /// Whether the server ended the connection, whatever it said before.
    boolean isClosedByServer() {
        try {
            while (in.read() >= 0) {
                // last words
            }
            return true;
        } catch (SocketTimeoutException _) {
            return false;
        } catch (SocketException _) {
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Whether the server ended the connection with a reset.
    boolean isReset() {
        try {
            while (in.read() >= 0) {
                // last words
            }
            return false;
        } catch (SocketException e) {
            return String.valueOf(e.getMessage()).contains("reset");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Socket socket() {
        return socket;
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
