package io.berth.net;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/// How many connections a server has, how many of them still wait for their login, and whether one more may come
/// in. Any thread.
public final class Turnstile {
    private final int most;
    private final int mostWaiting;
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicInteger waiting = new AtomicInteger();
    private final CompletableFuture<Void> allGone = new CompletableFuture<>();
    private volatile boolean closed;

    /// @param most connections
    /// @param mostWaiting those of them that have not logged in yet
    public Turnstile(int most, int mostWaiting) {
        this.most = most;
        this.mostWaiting = mostWaiting;
    }

    public boolean enter() {
        if (closed || connections.get() >= most || waiting.get() >= mostWaiting) {
            return false;
        }
        connections.incrementAndGet();
        waiting.incrementAndGet();
        return true;
    }

    /// A connection waits no longer: it logged in, or it ends.
    public void arrived() {
        waiting.decrementAndGet();
    }

    public void leave() {
        if (connections.decrementAndGet() == 0 && closed) {
            allGone.complete(null);
        }
    }

    public int connections() {
        return connections.get();
    }

    public boolean isClosed() {
        return closed;
    }

    /// Lets nobody in any more; completes when the last connection left.
    public CompletableFuture<Void> close() {
        closed = true;
        if (connections.get() == 0) {
            allGone.complete(null);
        }
        return allGone;
    }
}
