package io.berth.testing;

import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.device.DeviceId;
import io.berth.core.outbox.OutboxMessage;
import io.berth.core.outbox.OutboxStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;

/// Messages in memory, the newest last.
public final class MemoryOutbox implements OutboxStore {
    private final List<OutboxMessage> messages = new ArrayList<>();

    @Override
    public synchronized CompletionStage<Void> add(OutboxMessage message, int kept) {
        if (find(message.device(), message.id()).isPresent()) {
            return CompletableFuture.failedFuture(new ProblemException(Problem.INVALID_ARGUMENT, "known"));
        }
        messages.add(message);
        List<OutboxMessage> all = list(message.device());
        messages.removeAll(all.subList(Math.min(kept, all.size()), all.size()));
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public synchronized CompletionStage<Optional<OutboxMessage>> change(
            DeviceId device, String id, UnaryOperator<OutboxMessage> change) {
        Optional<OutboxMessage> open = find(device, id).filter(message -> message.ended() == null);
        Optional<OutboxMessage> changed = open.map(change);
        changed.ifPresent(message -> messages.set(messages.indexOf(open.orElseThrow()), message));
        return CompletableFuture.completedFuture(changed);
    }

    @Override
    public synchronized Optional<OutboxMessage> find(DeviceId device, String id) {
        return list(device).stream().filter(message -> message.id().equals(id)).findFirst();
    }

    @Override
    public synchronized List<OutboxMessage> list(DeviceId device) {
        return messages.reversed().stream()
                .filter(message -> message.device().equals(device))
                .toList();
    }

    @Override
    public synchronized List<DeviceId> waiting() {
        return messages.stream()
                .filter(message -> message.state() == OutboxMessage.State.WAITING)
                .map(OutboxMessage::device)
                .distinct()
                .toList();
    }

    @Override
    public synchronized List<OutboxMessage> overdue(Instant now, int limit) {
        return messages.stream()
                .filter(message -> message.ended() == null && !message.expires().isAfter(now))
                .limit(limit)
                .toList();
    }
}
