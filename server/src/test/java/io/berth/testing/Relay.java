package io.berth.testing;

import static org.awaitility.Awaitility.await;

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
    private volatile ServerSocket listener;
    private final AtomicInteger connections = new AtomicInteger();
    private volatile boolean held;

    public Relay(int target) {
        this.target = target;
        this.listener = listen();
    }

    public int port() {
        return port.number();
    }

    /// How many connections it was asked for.
    public int connections() {
        return connections.get();
    }

    /// Nothing gets through any more, and who has a connection loses it.
    public void cut() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        drop();
    }

    public void mend() {
        held = false;
        // the port is free when the thread that accepted has noticed
        listener = await().ignoreException(UncheckedIOException.class).until(() -> listen(), made -> true);
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

    private ServerSocket listen() {
        try {
            ServerSocket made = new ServerSocket();
            made.setReuseAddress(true);
            made.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port.number()));
            Thread.ofVirtual().start(() -> accept(made));
            return made;
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
                if (from.isClosed()) {
                    client.close(); // it came while the way was cut
                }
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
