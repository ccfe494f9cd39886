package io.berth.core.alarm;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// Brings changes of alarms to the store, one batch at a time. An alarm that changes while a batch is on its
/// way waits once, however often it changes: no more wait than there are alarms. Never blocks; any thread.
final class AlarmWriter {
    private final AlarmStore store;
    private final Alarms.Limits limits;
    private final SequencedMap<String, Alarm> changed = new LinkedHashMap<>();
    private final SequencedSet<String> gone = new LinkedHashSet<>();
    private final ArrayDeque<AlarmStep> steps = new ArrayDeque<>();
    private long dropped;
    private CompletableFuture<Void> onItsWay = CompletableFuture.completedFuture(null);
    private CompletableFuture<Void> next = new CompletableFuture<>();

    AlarmWriter(AlarmStore store, Alarms.Limits limits) {
        this.store = store;
        this.limits = limits;
    }

    synchronized void changed(Alarm alarm, @Nullable AlarmStep step) {
        gone.remove(alarm.source());
        changed.put(alarm.source(), alarm);
        if (step != null) {
            steps.addLast(step);
            forgetTooMany();
        }
        flush();
    }

    synchronized void dropped(String source) {
        changed.remove(source);
        gone.add(source);
    }

    synchronized long dropped() {
        return dropped;
    }

    /// Done when everything that was told before is kept; fails when the store refused it.
    synchronized CompletableFuture<Void> kept() {
        if (isIdle()) {
            return onItsWay;
        }
        CompletableFuture<Void> mine = next;
        flush();
        return mine;
    }

    synchronized void flush() {
        if (onItsWay.isDone() && !isIdle()) {
            AlarmStore.Changes batch =
                    new AlarmStore.Changes(List.copyOf(changed.values()), List.copyOf(gone), List.copyOf(steps));
            changed.clear();
            gone.clear();
            steps.clear();
            onItsWay = next;
            next = new CompletableFuture<>();
            CompletableFuture<Void> told = onItsWay;
            store.save(batch, limits.stepsKept()).whenComplete((_, failure) -> saved(batch, told, failure));
        }
    }

    private void saved(AlarmStore.Changes batch, CompletableFuture<Void> told, @Nullable Throwable failure) {
        if (failure != null) {
            takeBack(batch);
            told.completeExceptionally(failure);
            return; // tried again with the next change, or the next flush
        }
        told.complete(null);
        flush();
    }

    /// What changed again meanwhile is newer than what the store refused.
    private synchronized void takeBack(AlarmStore.Changes batch) {
        for (Alarm alarm : batch.changed()) {
            if (!gone.contains(alarm.source())) {
                changed.putIfAbsent(alarm.source(), alarm);
            }
        }
        batch.dropped().stream().filter(source -> !changed.containsKey(source)).forEach(gone::add);
        new ArrayList<>(batch.steps()).reversed().forEach(steps::addFirst);
        forgetTooMany();
    }

    private void forgetTooMany() {
        while (steps.size() > limits.maxWaitingSteps()) {
            steps.removeFirst();
            dropped++;
        }
    }

    private boolean isIdle() {
        return changed.isEmpty() && gone.isEmpty() && steps.isEmpty();
    }
}
