package io.berth.testing;

import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.alarm.Alarm;
import io.berth.core.alarm.AlarmStep;
import io.berth.core.alarm.AlarmStore;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// Alarms in memory: kept at once, or, when the test holds the store, once it lets go.
public final class MemoryAlarms implements AlarmStore {
    private final Map<String, Alarm> alarms = new LinkedHashMap<>();
    private final List<AlarmStep> steps = new ArrayList<>();
    private final List<Runnable> held = new ArrayList<>();
    private int saves;
    private boolean holds;
    private boolean refuses;

    public synchronized void hold() {
        holds = true;
    }

    public void letGo() {
        List<Runnable> waiting;
        synchronized (this) {
            holds = false;
            waiting = List.copyOf(held);
            held.clear();
        }
        waiting.forEach(Runnable::run);
    }

    public synchronized void refuse(boolean wanted) {
        refuses = wanted;
    }

    public synchronized int saves() {
        return saves;
    }

    @Override
    public synchronized List<Alarm> list() {
        return List.copyOf(alarms.values());
    }

    @Override
    public synchronized CompletionStage<Void> save(Changes changes, int stepsKept) {
        saves++;
        CompletableFuture<Void> done = new CompletableFuture<>();
        Runnable work = () -> keep(changes, done);
        if (holds) {
            held.add(work);
        } else {
            work.run();
        }
        return done;
    }

    @Override
    public synchronized List<AlarmStep> history(String source, int most) {
        return steps.reversed().stream()
                .filter(step -> step.source().equals(source))
                .limit(most)
                .toList();
    }

    private void keep(Changes changes, CompletableFuture<Void> done) {
        synchronized (this) {
            if (refuses) {
                done.completeExceptionally(new ProblemException(Problem.STORAGE_UNAVAILABLE, "the store is away"));
                return;
            }
            changes.dropped().forEach(alarms::remove);
            changes.changed().forEach(alarm -> alarms.put(alarm.source(), alarm));
            steps.addAll(changes.steps());
        }
        done.complete(null);
    }
}
