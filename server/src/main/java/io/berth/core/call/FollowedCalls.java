package io.berth.core.call;

import io.berth.core.Page;
import io.berth.core.device.DeviceId;
import io.berth.core.message.CallState;
import io.berth.core.message.Event;
import io.berth.core.message.Events;
import io.berth.core.message.Fact;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Tells whoever follows commands of every state of every call, once it is kept and in the order in which the
/// states took effect.
public final class FollowedCalls implements CallStore {
    private final CallStore store;
    private final Events events;
    /// What is told last of each call that is changing: the next state waits for it.
    private final ConcurrentHashMap<Key, CompletableFuture<?>> telling = new ConcurrentHashMap<>();

    public FollowedCalls(CallStore store, Events events) {
        this.store = store;
        this.events = events;
    }

    private record Key(DeviceId device, String call) {}

    @Override
    public CompletionStage<Void> add(Call call, Bounds bounds) {
        return follow(new Key(call.device(), call.id()), () -> store.add(call, bounds), _ -> Optional.of(call));
    }

    @Override
    public CompletionStage<Optional<Call>> change(DeviceId device, String id, UnaryOperator<Call> change) {
        AtomicReference<@Nullable CallState> before = new AtomicReference<>();
        return follow(
                new Key(device, id),
                () -> store.change(device, id, call -> {
                    before.set(call.state());
                    return change.apply(call);
                }),
                changed -> changed.filter(call -> call.state() != before.get()));
    }

    /// @param changed the call when the step brought it into another state
    private <T extends @Nullable Object> CompletionStage<T> follow(
            Key key, Supplier<CompletionStage<T>> step, Function<T, Optional<Call>> changed) {
        if (!events.wants(key.device(), Event.Kind.COMMAND)) {
            return step.get();
        }
        AtomicReference<@Nullable CompletableFuture<T>> done = new AtomicReference<>();
        // taken in one step with the place in the row: what takes effect first is told first
        CompletableFuture<?> told = telling.compute(key, (_, before) -> {
            CompletableFuture<T> taken = step.get().toCompletableFuture();
            done.set(taken);
            CompletableFuture<?> former = before == null ? CompletableFuture.completedFuture(null) : before;
            return CompletableFuture.allOf(former, taken).handle((_, failure) -> {
                if (failure == null) {
                    changed.apply(taken.join()).ifPresent(this::tell);
                }
                return null;
            });
        });
        var _ = told.whenComplete((_, _) -> telling.remove(key, told));
        return Objects.requireNonNull(done.get());
    }

    private void tell(Call call) {
        Call.Times times = call.times();
        Call.Outcome outcome = call.outcome();
        events.tell(
                call.device(),
                null,
                new Fact.CallProgress(
                        call.id(),
                        call.target(),
                        call.state(),
                        new Fact.CallTimes(times.created(), times.sent(), times.acknowledged(), times.ended()),
                        outcome.answer(),
                        outcome.problem(),
                        outcome.detail()));
    }

    @Override
    public Optional<Call> find(DeviceId device, String id) {
        return store.find(device, id);
    }

    @Override
    public Page<Call> list(DeviceId device, Page.Request page) {
        return store.list(device, page);
    }

    @Override
    public List<Call> open(String requestId) {
        return store.open(requestId);
    }

    @Override
    public List<Call> awaited(int limit) {
        return store.awaited(limit);
    }

    @Override
    public List<Call> queued(DeviceId device, int limit) {
        return store.queued(device, limit);
    }

    @Override
    public List<DeviceId> waiting() {
        return store.waiting();
    }

    @Override
    public List<Call> overdue(Instant now, int limit) {
        return store.overdue(now, limit);
    }

    @Override
    public int purge(Instant before) {
        return store.purge(before);
    }
}
