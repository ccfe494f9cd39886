package io.berth.front.http;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/// What all connections together use of what is bounded. Any thread.
final class Usage {
    private final HttpConfig config;
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicLong bodies = new AtomicLong();
    private final CompletableFuture<Void> allGone = new CompletableFuture<>();
    private volatile boolean closed;

    Usage(HttpConfig config) {
        this.config = config;
    }

    boolean enter() {
        if (connections.incrementAndGet() > config.maxConnections() || closed) {
            leave();
            return false;
        }
        return true;
    }

    void leave() {
        if (connections.decrementAndGet() == 0 && closed) {
            allGone.complete(null);
        }
    }

    /// Room for so many more bytes of a body.
    boolean reserve(int bytes) {
        if (bodies.addAndGet(bytes) > config.maxBodiesBytes()) {
            bodies.addAndGet(-bytes);
            return false;
        }
        return true;
    }

    void free(int bytes) {
        bodies.addAndGet(-bytes);
    }

    /// A request waits for the store, a script or the log.
    boolean waits() {
        if (waiting.incrementAndGet() > config.maxWaiting()) {
            waiting.decrementAndGet();
            return false;
        }
        return true;
    }

    void settled() {
        waiting.decrementAndGet();
    }

    int connections() {
        return connections.get();
    }

    boolean isClosed() {
        return closed;
    }

    /// Lets nobody in any more; completes when the last connection left.
    CompletableFuture<Void> close() {
        closed = true;
        if (connections.get() == 0) {
            allGone.complete(null);
        }
        return allGone;
    }
}
