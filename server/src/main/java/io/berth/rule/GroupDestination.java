package io.berth.rule;

import io.berth.core.subscription.ConsumerGroup;
import io.berth.stream.DurableLog;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/// Puts each message into the inbox of a consumer group, durably (spec huawei-iotda 8, AMQP_FORWARDING). The
/// group need not be there when the rule is made; until it is, messages wait.
public final class GroupDestination implements Destination {
    private final DestinationConfig.Group config;
    private final Function<String, Optional<ConsumerGroup>> groups;
    private final DurableLog log;
    private final Duration patience;

    /// @param groups finds a group by name or id
    public GroupDestination(
            DestinationConfig.Group config,
            Function<String, Optional<ConsumerGroup>> groups,
            DurableLog log,
            Duration patience) {
        this.config = config;
        this.groups = groups;
        this.log = log;
        this.patience = patience;
    }

    @Override
    public Outcome send(Outgoing message) throws InterruptedException {
        Optional<ConsumerGroup> group = groups.apply(config.group());
        if (group.isEmpty()) {
            return Outcome.retry("there is no consumer group \"" + config.group() + "\"");
        }
        CompletableFuture<Boolean> kept = new CompletableFuture<>();
        log.append(Inbox.event(group.get().id(), message), failure -> {
            if (failure == null) {
                kept.complete(true);
            } else {
                kept.completeExceptionally(failure);
            }
        });
        try {
            kept.get(patience.toMillis(), TimeUnit.MILLISECONDS);
            return Outcome.DONE;
        } catch (ExecutionException e) {
            return Outcome.retry("the event log did not take it: " + e.getCause());
        } catch (TimeoutException _) {
            return Outcome.retry("the event log did not take it within " + patience.toMillis() + " ms");
        }
    }

    @Override
    public void close() {
        // holds nothing
    }
}
