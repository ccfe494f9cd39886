package io.berth.front.mqtt;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/// How many connections there are, and whether one more may come in. Any thread.
final class Admission {
    private final MqttConfig config;
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicInteger pendingLogins = new AtomicInteger();
    private final CompletableFuture<Void> allGone = new CompletableFuture<>();
    private volatile boolean closed;

    Admission(MqttConfig config) {
        this.config = config;
    }

    boolean enter() {
        if (closed || connections.get() >= config.maxConnections() || waiting.get() >= config.maxWaitingConnections()) {
            return false;
        }
        connections.incrementAndGet();
        waiting.incrementAndGet();
        return true;
    }

    /// The connection waits no longer: it logged in, or it ends.
    void arrived() {
        waiting.decrementAndGet();
    }

    void leave() {
        if (connections.decrementAndGet() == 0 && closed) {
            allGone.complete(null);
        }
    }

    boolean loginBegins() {
        if (pendingLogins.incrementAndGet() > config.maxPendingLogins()) {
            pendingLogins.decrementAndGet();
            return false;
        }
        return true;
    }

    void loginEnds() {
        pendingLogins.decrementAndGet();
    }

    int connections() {
        return connections.get();
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
