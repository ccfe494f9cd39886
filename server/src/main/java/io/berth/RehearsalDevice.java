package io.berth;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/// Just enough of MQTT 3.1.1 to walk a server through its paths once.
final class RehearsalDevice implements AutoCloseable {
    private static final int KEEP_ALIVE = 60;

    private final Socket socket;
    private final DataInputStream in;
    private final DataOutputStream out;

    private RehearsalDevice(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new DataInputStream(socket.getInputStream());
        socket.setTcpNoDelay(true);
        this.out = new DataOutputStream(new BufferedOutputStream(socket.getOutputStream()));
    }

    /// Logs in over the socket.
    static RehearsalDevice connect(Socket socket, String clientId, String username, String password)
            throws IOException {
        RehearsalDevice device = new RehearsalDevice(socket);
        Body body = new Body().text("MQTT").one(4).one(0xc2).two(KEEP_ALIVE);
        device.send(0x10, body.text(clientId).text(username).text(password));
        byte[] answer = device.receive();
        if (answer[1] != 0) {
            throw new IOException("the login was refused with code " + answer[1]);
        }
        return device;
    }

    void subscribe(String filter) throws IOException {
        send(0x82, new Body().two(1).text(filter).one(1));
        receive();
    }

    /// Publishes at QoS 1 and waits for the acknowledgement.
    void publish(String topic, String payload) throws IOException {
        send(0x32, new Body().text(topic).two(2).raw(payload));
        receive();
    }

    void ping() throws IOException {
        send(0xc0, new Body());
        receive();
    }

    @Override
    public void close() throws IOException {
        send(0xe0, new Body());
        socket.close();
    }

    private void send(int type, Body body) throws IOException {
        byte[] content = body.bytes.toByteArray();
        out.writeByte(type);
        for (int rest = content.length; ; rest >>= 7) {
            out.writeByte(rest < 0x80 ? rest : (rest & 0x7f) | 0x80);
            if (rest < 0x80) {
                break;
            }
        }
        out.write(content);
        out.flush();
    }

    private byte[] receive() throws IOException {
        in.readByte();
        return in.readNBytes(in.readUnsignedByte());
    }

    private static final class Body {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        private Body one(int value) {
            bytes.write(value);
            return this;
        }

        private Body two(int value) {
            return one(value >> 8).one(value & 0xff);
        }

        private Body raw(String text) {
            bytes.writeBytes(text.getBytes(StandardCharsets.UTF_8));
            return this;
        }

        private Body text(String text) {
            byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
            two(encoded.length).bytes.writeBytes(encoded);
            return this;
        }
    }
}
