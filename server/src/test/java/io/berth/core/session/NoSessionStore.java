package io.berth.core.session;

import io.berth.core.device.DeviceId;
import io.berth.core.message.Downlink;
import io.berth.core.message.Letter;
import io.berth.core.topic.TopicFilter;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;

/// A session store in which nobody keeps a session; answers `kept` to every offer.
final class NoSessionStore implements SessionStore {
    Kept kept = Kept.NO_SESSION;
    boolean broken;
    /// Happens while a message is being stored.
    Runnable meanwhile = () -> {};

    @Override
    public CompletionStage<Optional<StoredSession>> load(DeviceId device, int maxMessages) {
        return done(Optional.empty());
    }

    @Override
    public CompletionStage<Void> open(DeviceId device, Instant expires) {
        throw new AssertionError("nobody opens a session here");
    }

    @Override
    public CompletionStage<Void> leave(DeviceId device, Instant expires, long lastSent) {
        throw new AssertionError("nobody leaves a session here");
    }

    @Override
    public CompletionStage<Void> delete(DeviceId device) {
        throw new AssertionError("nobody deletes a session here");
    }

    @Override
    public CompletionStage<Void> subscribe(DeviceId device, Collection<Subscription> subscriptions) {
        throw new AssertionError("nobody subscribes here");
    }

    @Override
    public CompletionStage<Void> unsubscribe(DeviceId device, Collection<TopicFilter> filters) {
        throw new AssertionError("nobody unsubscribes here");
    }

    @Override
    public CompletionStage<Long> enqueue(DeviceId device, Letter letter, String knownAs) {
        throw new AssertionError("nobody enqueues here");
    }

    @Override
    public CompletionStage<Kept> enqueueIfSubscribed(DeviceId device, Downlink.Message message, String knownAs) {
        meanwhile.run();
        return broken ? CompletableFuture.failedFuture(new IllegalStateException("disk")) : done(kept);
    }

    @Override
    public CompletionStage<List<StoredMessage>> messages(DeviceId device, long afterId, int max) {
        return done(List.of());
    }

    @Override
    public void confirm(DeviceId device, Collection<Long> ids) {}

    @Override
    public CompletionStage<Integer> expire(Instant now, Duration lifetime, Predicate<DeviceId> attached) {
        return done(0);
    }

    private static <T> CompletionStage<T> done(T value) {
        return CompletableFuture.completedFuture(value);
    }
}
