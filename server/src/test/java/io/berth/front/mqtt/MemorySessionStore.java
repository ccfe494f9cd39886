package io.berth.front.mqtt;

import io.berth.core.device.DeviceId;
import io.berth.core.message.Downlink;
import io.berth.core.message.Letter;
import io.berth.core.session.SessionStore;
import io.berth.core.topic.TopicFilter;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Keeps sessions in memory, on a thread of its own as a real store does; outlives the fronts that use it.
final class MemorySessionStore implements SessionStore {
    private final ExecutorService thread = Executors.newSingleThreadExecutor(task -> {
        Thread made = new Thread(task, "memory-store");
        made.setDaemon(true);
        return made;
    });
    private final Map<DeviceId, Kept> sessions = new HashMap<>();
    final AtomicInteger calls = new AtomicInteger();
    volatile boolean broken;
    /// Messages that are given to the store from now on are stored when this completes,
    volatile CompletableFuture<Void> storing = CompletableFuture.completedFuture(null);
    /// and whoever gave them hears of it when that does.
    volatile CompletableFuture<Void> storedAnswer = CompletableFuture.completedFuture(null);
    private long lastId;

    private static final class Kept {
        OptionalLong lastSent = OptionalLong.empty();
        final Map<TopicFilter, Subscription> subscriptions = new HashMap<>();
        final TreeMap<Long, StoredMessage> messages = new TreeMap<>();
    }

    @Override
    public CompletionStage<Optional<StoredSession>> load(DeviceId device, int maxMessages) {
        return later(() -> Optional.ofNullable(sessions.get(device))
                .map(kept -> new StoredSession(
                        List.copyOf(kept.subscriptions.values()),
                        kept.messages.values().stream().limit(maxMessages).toList(),
                        kept.lastSent)));
    }

    @Override
    public CompletionStage<@Nullable Void> open(DeviceId device, Instant expires) {
        return run(() -> sessions.computeIfAbsent(device, _ -> new Kept()).lastSent = OptionalLong.empty());
    }

    @Override
    public CompletionStage<@Nullable Void> leave(DeviceId device, Instant expires, long lastSent) {
        return run(() -> kept(device).lastSent = OptionalLong.of(lastSent));
    }

    @Override
    public CompletionStage<@Nullable Void> delete(DeviceId device) {
        return run(() -> sessions.remove(device));
    }

    @Override
    public CompletionStage<@Nullable Void> subscribe(DeviceId device, Collection<Subscription> subscriptions) {
        List<Subscription> copy = List.copyOf(subscriptions);
        return run(() -> copy.forEach(one -> kept(device).subscriptions.put(one.filter(), one)));
    }

    @Override
    public CompletionStage<@Nullable Void> unsubscribe(DeviceId device, Collection<TopicFilter> filters) {
        List<TopicFilter> copy = List.copyOf(filters);
        return run(() -> copy.forEach(filter -> kept(device).subscriptions.remove(filter)));
    }

    @Override
    public CompletionStage<Long> enqueue(DeviceId device, Letter letter, String knownAs) {
        return held(() -> put(device, letter, knownAs));
    }

    private long put(DeviceId device, Letter letter, String knownAs) {
        lastId++;
        kept(device).messages.put(lastId, new StoredMessage(lastId, letter, knownAs));
        return lastId;
    }

    @Override
    public CompletionStage<SessionStore.Kept> enqueueIfSubscribed(
            DeviceId device, Downlink.Message message, String knownAs) {
        return held(() -> {
            Kept kept = sessions.get(device);
            if (kept == null) {
                return SessionStore.Kept.NO_SESSION;
            }
            if (kept.subscriptions.keySet().stream().noneMatch(filter -> filter.matches(message.topic()))) {
                return SessionStore.Kept.NOT_SUBSCRIBED;
            }
            put(device, message.letter(), knownAs);
            return SessionStore.Kept.KEPT;
        });
    }

    @Override
    public CompletionStage<List<StoredMessage>> messages(DeviceId device, long afterId, int max) {
        return later(() -> kept(device).messages.tailMap(afterId, false).values().stream()
                .limit(max)
                .toList());
    }

    @Override
    public void confirm(DeviceId device, Collection<Long> ids) {
        List<Long> copy = List.copyOf(ids);
        thread.execute(() -> copy.forEach(id -> kept(device).messages.remove(id)));
    }

    @Override
    public CompletionStage<Integer> expire(Instant now, Duration lifetime, Predicate<DeviceId> attached) {
        return later(() -> 0);
    }

    /// How many messages are kept for the device; -1 when it keeps no session.
    int messagesOf(String name) {
        return later(() -> {
                    Kept kept = sessions.get(new DeviceId("p", name));
                    return kept == null ? -1 : kept.messages.size();
                })
                .join();
    }

    private Kept kept(DeviceId device) {
        Kept kept = sessions.get(device);
        return kept == null ? new Kept() : kept;
    }

    private CompletableFuture<@Nullable Void> run(Runnable change) {
        return later(() -> {
                    change.run();
                    return 0;
                })
                .thenApply(_ -> null);
    }

    private <T> CompletableFuture<T> held(Supplier<T> work) {
        CompletableFuture<Void> answer = storedAnswer;
        return storing.thenCompose(_ -> later(work)).thenCombine(answer, (result, _) -> result);
    }

    private <T> CompletableFuture<T> later(Supplier<T> work) {
        calls.incrementAndGet();
        return CompletableFuture.supplyAsync(
                () -> {
                    if (broken) {
                        throw new IllegalStateException("disk full");
                    }
                    return work.get();
                },
                thread);
    }
}
