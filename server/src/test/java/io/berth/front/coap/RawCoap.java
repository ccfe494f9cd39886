package io.berth.front.coap;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.core.Payload;
import io.berth.dialect.CoapOption;
import io.berth.testing.Patience;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;

/// A client that sends what it is told, datagram by datagram.
final class RawCoap implements AutoCloseable {
    static final int POST = 2;

    private final DatagramSocket socket;

    private RawCoap(DatagramSocket socket) {
        this.socket = socket;
    }

    static RawCoap to(int port) {
        try {
            DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
            socket.connect(InetAddress.getLoopbackAddress(), port);
            socket.setSoTimeout((int) Patience.LONG.toMillis());
            return new RawCoap(socket);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Message post(Message.Type type, int id, String path, String text, CoapOption... more) {
        List<CoapOption> options = new ArrayList<>(List.of(more));
        for (String segment : path.split("/")) {
            options.add(CoapOption.text(Options.URI_PATH, segment));
        }
        options.sort(Comparator.comparingInt(CoapOption::number));
        return new Message(type, POST, id, Payload.of("tk"), options, Payload.of(text));
    }

    static Message post(int id, String path, String text, CoapOption... more) {
        return post(Message.Type.CONFIRMABLE, id, path, text, more);
    }

    void sends(Message message) {
        sends(message.bytes());
    }

    void sends(byte[] datagram) {
        try {
            socket.send(new DatagramPacket(datagram, datagram.length));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void sends(String hex) {
        sends(HexFormat.of().parseHex(hex.replace(" ", "")));
    }

    byte[] datagram() {
        try {
            DatagramPacket packet = new DatagramPacket(new byte[2048], 2048);
            socket.receive(packet);
            return Arrays.copyOf(packet.getData(), packet.getLength());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Message hears() {
        return Objects.requireNonNull(Message.read(datagram()));
    }

    Message asks(Message request) {
        sends(request);
        return hears();
    }

    /// The server answers in order: had it answered anything before this ping, that would come first.
    void hearsNothingBefore(int ping) {
        sends(Message.empty(Message.Type.CONFIRMABLE, ping));
        Message answer = hears();
        assertThat(answer.type()).isEqualTo(Message.Type.RESET);
        assertThat(answer.id()).isEqualTo(ping);
    }

    static String text(Message message) {
        return new String(message.payload().toBytes(), StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        socket.close();
    }
}
