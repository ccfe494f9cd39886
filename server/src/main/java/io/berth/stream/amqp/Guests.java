package io.berth.stream.amqp;

import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/// How many connections there are, whether one more may come in, and who is logged in. Any thread.
final class Guests {
    private final AmqpConfig config;
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicInteger waiting = new AtomicInteger();
    private final Set<AmqpConnection> open = ConcurrentHashMap.newKeySet();
    private final CompletableFuture<Void> allGone = new CompletableFuture<>();
    private volatile boolean closed;

    Guests(AmqpConfig config) {
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

    void arrived() {
        waiting.decrementAndGet();
    }

    void left() {
        if (connections.decrementAndGet() == 0 && closed) {
            allGone.complete(null);
        }
    }

    void opened(AmqpConnection connection) {
        open.add(connection);
        if (closed) {
            connection.dismiss();
        }
    }

    void closed(AmqpConnection connection) {
        open.remove(connection);
    }

    /// Lets nobody in any more and asks everyone to go; completes when the last connection left.
    CompletableFuture<Void> close() {
        closed = true;
        open.forEach(AmqpConnection::dismiss);
        if (connections.get() == 0) {
            allGone.complete(null);
        }
        return allGone;
    }
}
