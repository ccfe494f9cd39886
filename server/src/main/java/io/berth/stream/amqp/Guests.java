package io.berth.stream.amqp;

import io.berth.core.caller.Caller;
import io.berth.dialect.SubscriberDialect.LinkRules;
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
    private final Object arriving = new Object();

    Guests(AmqpConfig config) {
        this.turnstile = new Turnstile(config.maxConnections(), config.maxWaitingConnections());
    }

    Turnstile turnstile() {
        return turnstile;
    }

    /// Asks the connection to go again when the server stops, or when its client has as many as it may have:
    /// of logins at the same moment each was told yes while the others were not there yet.
    void opened(AmqpConnection connection) {
        Subscriber subscriber = connection.subscriber();
        boolean full;
        synchronized (arriving) {
            full = isFull(subscriber.caller(), subscriber.client(), subscriber.rules());
            loggedIn.add(connection);
        }
        if (full) {
            connection.refuse();
        } else if (turnstile.isClosed()) {
            connection.dismiss();
        }
    }

    void closed(AmqpConnection connection) {
        loggedIn.remove(connection);
    }

    /// Whether the client of this login has as many connections as these rules give it.
    ///
    /// @param client what it calls itself, null for all of the caller's that do not
    boolean isFull(Caller caller, @Nullable String client, LinkRules rules) {
        return loggedIn.stream()
                        .map(AmqpConnection::subscriber)
                        .filter(there -> there.caller().equals(caller) && Objects.equals(there.client(), client))
                        .count()
                >= rules.maxConnections();
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
