package io.berth.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/// A way to a server on loopback that tests may cut, or hold so that nothing passes.
public final class Relay implements AutoCloseable {
    private final int target;
    private final KeptPort port = new KeptPort();
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private final AtomicInteger connections = new AtomicInteger();
    private volatile boolean held;
    private Entrance entrance;

    public Relay(int target) {
        this.target = target;
        this.entrance = open();
    }

    /// A socket that listens, and who accepts.
    private record Entrance(ServerSocket listener, Thread porter) {}

    public int port() {
        return port.number();
    }

    /// How many connections it was asked for.
    public int connections() {
        return connections.get();
    }

    /// Whoever comes from now on is refused, and who has a connection loses it.
    public void cut() {
        try {
            entrance.listener.close();
            entrance.porter.join(); // only then does the port refuse
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        drop();
    }

    public void mend() {
        held = false;
        entrance = open();
    }

    /// Takes new connections and says nothing in them; the old ones are lost.
    public void hold() {
        held = true;
        drop();
    }

    @Override
    public void close() {
        cut();
        port.close();
    }

    private void drop() {
        for (Socket socket : open) {
            try {
                socket.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        open.clear();
    }

    private Entrance open() {
        try {
            ServerSocket made = new ServerSocket();
            made.setReuseAddress(true);
            made.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port.number()));
            return new Entrance(made, Thread.ofVirtual().start(() -> accept(made)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept(ServerSocket from) {
        try {
            while (true) {
                Socket client = from.accept();
                open.add(client);
                connections.incrementAndGet();
                if (!held) {
                    Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
                    open.add(server);
                    Thread.ofVirtual().start(() -> copy(client, server));
                    Thread.ofVirtual().start(() -> copy(server, client));
                }
            }
        } catch (IOException _) {
            // cut
        }
    }

    private static void copy(Socket from, Socket to) {
        try (from;
                to) {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException _) {
            // cut
        }
    }
}
