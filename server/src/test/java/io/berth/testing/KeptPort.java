package io.berth.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.concurrent.ThreadLocalRandom;

/// A port on loopback for a server that is started later, or goes away and comes back: nobody else gets it
/// meanwhile, and who connects to it then is refused.
public final class KeptPort implements AutoCloseable {
    /// Below those that the kernel gives to whoever asks for any.
    private static final int FIRST = 20_000;

    private static final int END = 32_000;
    private static final int TRIES = 100;

    private final Socket holder;

    public KeptPort() {
        this.holder = hold();
    }

    public int number() {
        return holder.getLocalPort();
    }

    @Override
    public void close() {
        try {
            holder.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Socket hold() {
        try {
            for (int i = 0; i < TRIES; i++) {
                Socket socket = new Socket();
                if (takes(socket, ThreadLocalRandom.current().nextInt(FIRST, END))) {
                    return socket;
                }
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        throw new IllegalStateException("no free port from " + FIRST + " to " + END);
    }

    private static boolean takes(Socket socket, int port) throws IOException {
        try {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            // from now on beside whoever says the same, as servers do; it never listens, so it is in nobody's way
            socket.setReuseAddress(true);
            return true;
        } catch (BindException _) {
            return false; // another's
        }
    }
}
