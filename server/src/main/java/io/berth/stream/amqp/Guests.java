package io.berth.stream.amqp;

import io.berth.net.Turnstile;
import java.util.Collections;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/// Who is logged in, and whether one more may come in. Any thread.
final class Guests {
    private final Turnstile turnstile;
    private final Set<AmqpConnection> loggedIn = ConcurrentHashMap.newKeySet();

    Guests(AmqpConfig config) {
        this.turnstile = new Turnstile(config.maxConnections(), config.maxWaitingConnections());
    }

    Turnstile turnstile() {
        return turnstile;
    }

    void opened(AmqpConnection connection) {
        loggedIn.add(connection);
        if (turnstile.isClosed()) {
            connection.dismiss();
        }
    }

    void closed(AmqpConnection connection) {
        loggedIn.remove(connection);
    }

    Set<AmqpConnection> loggedIn() {
        return Collections.unmodifiableSet(loggedIn);
    }

    /// Lets nobody in any more and asks everyone to go; completes when the last connection left.
    CompletableFuture<Void> close() {
        CompletableFuture<Void> allGone = turnstile.close();
        loggedIn.forEach(AmqpConnection::dismiss);
        return allGone;
    }
}
