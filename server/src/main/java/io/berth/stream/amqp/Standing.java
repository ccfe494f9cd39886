package io.berth.stream.amqp;

import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.caller.Caller;
import io.berth.core.caller.Rights;
import io.berth.dialect.SubscriberRights;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Looks whether those who are logged in may stay: a key that is disabled, deleted or given other rights ends the
/// connections it opened, and the links to groups it does not reach any more. Blocking; one thread at a time.
final class Standing {
    private final AmqpPlatform platform;
    private final Guests guests;

    Standing(AmqpPlatform platform, Guests guests) {
        this.platform = platform;
        this.guests = guests;
    }

    /// Whoever cannot be looked up now, since the store is away, stays.
    void check() {
        Map<Caller, Optional<Rights>> known = new HashMap<>();
        try {
            for (AmqpConnection connection : guests.loggedIn()) {
                Caller caller = connection.subscriber().caller();
                known.computeIfAbsent(caller, this::rights)
                        .ifPresentOrElse(rights -> check(connection, rights), connection::expel);
            }
        } catch (ProblemException e) {
            if (e.problem() != Problem.STORAGE_UNAVAILABLE && e.problem() != Problem.OVERLOADED) {
                throw e;
            }
        }
    }

    private Optional<Rights> rights(Caller caller) {
        return platform.callers().now(caller).map(Caller::rights).filter(SubscriberRights::suffice);
    }

    private void check(AmqpConnection connection, Rights rights) {
        if (rights.spaces().isEmpty()) {
            return;
        }
        for (SubscriberLink link : connection.links()) {
            String group = link.group();
            if (group != null && platform.groups().find(group, rights).isEmpty()) {
                connection.post(() -> link.close("the group is out of the caller's reach"));
            }
        }
    }
}
