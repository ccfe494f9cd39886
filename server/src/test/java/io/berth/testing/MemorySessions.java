package io.berth.testing;

import io.berth.core.device.DeviceId;
import io.berth.core.message.Downlink;
import io.berth.core.message.Letter;
import io.berth.core.session.SessionStore;
import io.berth.core.topic.TopicFilter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/// Stored sessions in memory; at most `maxMessages` messages wait for a device.
public final class MemorySessions implements SessionStore {
    private final int maxMessages;
    private final Map<DeviceId, Stored> sessions = new ConcurrentHashMap<>();
    private long lastId;

    public MemorySessions(int maxMessages) {
        this.maxMessages = maxMessages;
    }

    private record Stored(
            List<Subscription> subscriptions, List<StoredMessage> messages, Instant expires, OptionalLong lastSent) {
        static Stored until(Instant expires) {
            return new Stored(new ArrayList<>(), new ArrayList<>(), expires, OptionalLong.empty());
        }

        Stored until(Instant later, OptionalLong sent) {
            return new Stored(subscriptions, messages, later, sent);
        }
    }

    @Override
    public synchronized CompletionStage<Optional<StoredSession>> load(DeviceId device, int max) {
        return done(Optional.ofNullable(sessions.get(device))
                .map(stored -> new StoredSession(
                        stored.subscriptions,
                        stored.messages.stream().limit(max).toList(),
                        stored.lastSent)));
    }

    @Override
    public synchronized CompletionStage<Void> open(DeviceId device, Instant expires) {
        sessions.merge(device, Stored.until(expires), (old, _) -> old.until(expires, OptionalLong.empty()));
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public synchronized CompletionStage<Void> leave(DeviceId device, Instant expires, long lastSent) {
        sessions.computeIfPresent(device, (_, old) -> old.until(expires, OptionalLong.of(lastSent)));
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public synchronized CompletionStage<Void> delete(DeviceId device) {
        sessions.remove(device);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public synchronized CompletionStage<Void> subscribe(DeviceId device, Collection<Subscription> subscriptions) {
        unsubscribe(device, subscriptions.stream().map(Subscription::filter).toList());
        Optional.ofNullable(sessions.get(device)).ifPresent(stored -> stored.subscriptions.addAll(subscriptions));
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public synchronized CompletionStage<Void> unsubscribe(DeviceId device, Collection<TopicFilter> filters) {
        Optional.ofNullable(sessions.get(device))
                .ifPresent(stored -> stored.subscriptions.removeIf(each -> filters.contains(each.filter())));
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public synchronized CompletionStage<Long> enqueue(DeviceId device, Letter letter, String knownAs) {
        lastId++;
        Optional.ofNullable(sessions.get(device))
                .ifPresent(stored -> stored.messages.add(new StoredMessage(lastId, letter, knownAs)));
        return done(lastId);
    }

    @Override
    public synchronized CompletionStage<Kept> enqueueIfSubscribed(
            DeviceId device, Downlink.Message message, String knownAs) {
        Stored stored = sessions.get(device);
        if (stored == null) {
            return done(Kept.NO_SESSION);
        }
        if (stored.subscriptions.stream().noneMatch(each -> each.filter().matches(message.topic()))) {
            return done(Kept.NOT_SUBSCRIBED);
        }
        if (stored.messages.size() >= maxMessages) {
            return done(Kept.FULL);
        }
        return enqueue(device, message.letter(), knownAs).thenApply(_ -> Kept.KEPT);
    }

    @Override
    public synchronized CompletionStage<List<StoredMessage>> messages(DeviceId device, long afterId, int max) {
        return done(Optional.ofNullable(sessions.get(device)).stream()
                .flatMap(stored -> stored.messages.stream())
                .filter(message -> message.id() > afterId)
                .limit(max)
                .toList());
    }

    @Override
    public synchronized void confirm(DeviceId device, Collection<Long> ids) {
        Optional.ofNullable(sessions.get(device))
                .ifPresent(stored -> stored.messages.removeIf(message -> ids.contains(message.id())));
    }

    @Override
    public synchronized CompletionStage<Integer> expire(Instant now, Duration lifetime, Predicate<DeviceId> attached) {
        int before = sessions.size();
        sessions.entrySet()
                .removeIf(entry -> !now.isBefore(entry.getValue().expires) && !attached.test(entry.getKey()));
        return done(before - sessions.size());
    }

    private static <T> CompletionStage<T> done(T value) {
        return CompletableFuture.completedFuture(value);
    }
}
