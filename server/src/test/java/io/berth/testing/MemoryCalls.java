package io.berth.testing;

import io.berth.core.Page;
import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.call.Call;
import io.berth.core.call.CallStore;
import io.berth.core.device.DeviceId;
import io.berth.core.message.CallState;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/// Calls in memory, kept for good at once.
public final class MemoryCalls implements CallStore {
    private final NavigableMap<String, Call> calls = new TreeMap<>();

    @Override
    public synchronized CompletionStage<Void> add(Call call, Bounds bounds) {
        if (call.state() == CallState.QUEUED && queued(call.device(), 1000).size() >= bounds.queued()) {
            return CompletableFuture.failedFuture(
                    new ProblemException(Problem.LIMIT_REACHED, bounds.queued() + " calls wait already"));
        }
        calls.put(call.id(), call);
        List<Call> all = of(call.device()).toList().reversed();
        all.stream().skip(bounds.calls()).filter(old -> old.state().isFinal()).forEach(old -> calls.remove(old.id()));
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public synchronized CompletionStage<Optional<Call>> change(DeviceId device, String id, UnaryOperator<Call> change) {
        Optional<Call> open = find(device, id).filter(MemoryCalls::isOpen);
        try {
            open = open.map(change);
        } catch (ProblemException e) {
            return CompletableFuture.failedFuture(e);
        }
        open.ifPresent(changed -> calls.put(id, changed));
        return CompletableFuture.completedFuture(open);
    }

    @Override
    public synchronized Optional<Call> find(DeviceId device, String id) {
        return Optional.ofNullable(calls.get(id)).filter(call -> call.device().equals(device));
    }

    @Override
    public synchronized Page<Call> list(DeviceId device, Page.Request page) {
        List<Call> newestFirst = of(device)
                .filter(call -> page.after() == null || call.id().compareTo(page.after()) < 0)
                .toList()
                .reversed();
        List<Call> items = newestFirst.stream().limit(page.limit()).toList();
        return new Page<>(
                items, items.size() < newestFirst.size() ? items.getLast().id() : null);
    }

    @Override
    public synchronized List<Call> open(String requestId) {
        return calls.values().stream()
                .filter(call -> isOpen(call) && call.requestId().equals(requestId))
                .toList()
                .reversed();
    }

    @Override
    public synchronized List<Call> awaited(int limit) {
        return calls.values().stream()
                .filter(call -> isOpen(call) && call.terms().sync())
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized List<Call> queued(DeviceId device, int limit) {
        return of(device).filter(MemoryCalls::isQueued).limit(limit).toList();
    }

    @Override
    public synchronized List<DeviceId> waiting() {
        return calls.values().stream()
                .filter(MemoryCalls::isQueued)
                .map(Call::device)
                .distinct()
                .toList();
    }

    @Override
    public synchronized List<Call> overdue(Instant now, int limit) {
        return calls.values().stream()
                .filter(call -> isOpen(call) && !now.isBefore(call.times().expires()))
                .sorted(Comparator.comparing(call -> call.times().expires()))
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized int purge(Instant before) {
        int size = calls.size();
        calls.values().removeIf(call -> {
            Instant ended = call.times().ended();
            return ended != null && ended.isBefore(before);
        });
        return size - calls.size();
    }

    private Stream<Call> of(DeviceId device) {
        return calls.values().stream().filter(call -> call.device().equals(device));
    }

    private static boolean isOpen(Call call) {
        return !call.state().isFinal();
    }

    private static boolean isQueued(Call call) {
        return call.state() == CallState.QUEUED;
    }
}
