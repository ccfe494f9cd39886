package io.berth;

import io.berth.testing.Patience;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketAddress;
import java.net.SocketException;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// A router with address translation between one client and a UDP port of this machine: it may forget its
/// client, and then sends from another address.
final class UdpRelay implements AutoCloseable {
    private static final int HANDSHAKE = 22;

    private final int target;
    private final DatagramSocket inside;
    private final AtomicInteger handshakes = new AtomicInteger();
    private final BlockingQueue<byte[]> answers = new LinkedBlockingQueue<>();
    private volatile DatagramSocket outside;
    private volatile SocketAddress client;
    private volatile byte[] forgery = {};

    private UdpRelay(int target) throws SocketException {
        this.target = target;
        this.inside = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        this.client = inside.getLocalSocketAddress();
        this.outside = opened();
        pump(inside, packet -> {
            client = packet.getSocketAddress();
            if (forgery.length > 0) {
                send(new DatagramPacket(forgery, forgery.length));
            }
            send(packet);
        });
    }

    static UdpRelay to(int port) {
        try {
            return new UdpRelay(port);
        } catch (SocketException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// From now on sends this before each datagram of the client, as if it came from there too.
    UdpRelay forging(byte[] datagram) {
        forgery = datagram;
        return this;
    }

    int port() {
        return inside.getLocalPort();
    }

    /// Datagrams of handshakes that went through.
    int handshakes() {
        return handshakes.get();
    }

    void forgetsItsClient() throws SocketException {
        DatagramSocket before = outside;
        outside = opened();
        before.close();
    }

    /// Sends a datagram of its own, and awaits the answer.
    byte[] asksOnce(byte[] datagram) throws IOException {
        send(new DatagramPacket(datagram, datagram.length));
        try {
            byte[] answer = answers.poll(Patience.LONG.toSeconds(), TimeUnit.SECONDS);
            if (answer == null) {
                throw new IOException("no answer");
            }
            return answer;
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private void send(DatagramPacket packet) throws IOException {
        if (packet.getData()[packet.getOffset()] == HANDSHAKE) {
            handshakes.incrementAndGet();
        }
        outside.send(new DatagramPacket(
                packet.getData(), packet.getOffset(), packet.getLength(), InetAddress.getLoopbackAddress(), target));
    }

    private DatagramSocket opened() throws SocketException {
        DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        pump(socket, packet -> {
            answers.add(Arrays.copyOf(packet.getData(), packet.getLength()));
            inside.send(new DatagramPacket(packet.getData(), packet.getLength(), client));
        });
        return socket;
    }

    @FunctionalInterface
    private interface Way {
        void take(DatagramPacket packet) throws IOException;
    }

    private static void pump(DatagramSocket from, Way way) {
        Thread.ofVirtual().start(() -> {
            while (!from.isClosed()) {
                try {
                    DatagramPacket packet = new DatagramPacket(new byte[2048], 2048);
                    from.receive(packet);
                    way.take(packet);
                } catch (IOException _) {
                    // closed, or the other side is away
                }
            }
        });
    }

    @Override
    public void close() {
        inside.close();
        outside.close();
    }
}
