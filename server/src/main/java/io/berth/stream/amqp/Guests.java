package io.berth.stream.amqp;

import io.berth.core.caller.Caller;
import io.berth.net.Turnstile;
import java.util.Collections;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

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

    /// How many connections the client of this login has.
    ///
    /// @param client what it calls itself, null for all of the caller's that do not
    long countOf(Caller caller, @Nullable String client) {
        return loggedIn.stream()
                .map(AmqpConnection::subscriber)
                .filter(there -> there.caller().equals(caller) && Objects.equals(there.client(), client))
                .count();
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
