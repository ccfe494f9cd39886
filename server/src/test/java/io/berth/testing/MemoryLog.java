package io.berth.testing;

import io.berth.core.Completion;
import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.message.Event;
import io.berth.stream.DurableLog;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Events kept as long as this object is. A test may hold appends back, refuse them, and drop what is oldest.
public final class MemoryLog implements DurableLog {
    /// How many events may wait while appends are held.
    public static final int MAX_WAITING = 1_000;

    private static final int MAX_READ = 1_000;

    /// Not zero: offsets begin anywhere.
    private static final long FIRST = 1_000_000;

    private final List<Partition> partitions;
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();
    private final Queue<Waiting> waiting = new ArrayDeque<>();
    private @Nullable Problem refusing;
    private boolean holding;
    private boolean closed;

    private record Waiting(Event event, Completion completion) {}

    private static final class Partition {
        private final TreeMap<Long, Event> events = new TreeMap<>();
        private long first = FIRST;
        private long next = FIRST;
    }

    public MemoryLog(int partitions) {
        this.partitions =
                IntStream.range(0, partitions).mapToObj(_ -> new Partition()).toList();
    }

    /// What another left behind, with a gap after it.
    public MemoryLog(MemoryLog before) {
        this.partitions = before.partitions;
        this.partitions.forEach(partition -> partition.next += 100);
    }

    @Override
    public int partitions() {
        return partitions.size();
    }

    public int partitionOf(Event event) {
        return Math.floorMod(
                event.device() == null
                        ? event.product().hashCode()
                        : event.device().hashCode(),
                partitions.size());
    }

    @Override
    public void append(Event event, Completion completion) {
        Problem problem;
        synchronized (this) {
            problem = closed ? Problem.STORAGE_UNAVAILABLE : refusing;
            if (problem == null && holding) {
                if (waiting.size() < MAX_WAITING) {
                    waiting.add(new Waiting(event, completion));
                    return;
                }
                problem = Problem.OVERLOADED;
            }
            if (problem == null) {
                keep(event);
            }
        }
        if (problem == null) {
            tell(event, completion);
        } else {
            completion.done(new ProblemException(problem, "the log takes nothing now"));
        }
    }

    @Override
    public synchronized Span span(int partition) {
        Partition of = partitions.get(partition);
        return new Span(of.first, of.next);
    }

    @Override
    public synchronized List<Entry> read(int partition, long from) {
        return partitions.get(partition).events.tailMap(from).entrySet().stream()
                .limit(MAX_READ)
                .map(entry -> new Entry(entry.getKey(), entry.getValue()))
                .toList();
    }

    @Override
    public synchronized long offsetAt(int partition, Instant time) {
        Partition of = partitions.get(partition);
        return of.events.entrySet().stream()
                .filter(entry -> !entry.getValue().time().isBefore(time))
                .mapToLong(entry -> entry.getKey())
                .findFirst()
                .orElse(of.next);
    }

    @Override
    public void follow(Listener listener) {
        listeners.add(listener);
    }

    /// From now on appends wait.
    public synchronized void hold() {
        holding = true;
    }

    /// Keeps what waited, and again at once what comes.
    public void proceed() {
        List<Waiting> kept;
        synchronized (this) {
            holding = false;
            kept = new ArrayList<>(waiting);
            waiting.clear();
            kept.forEach(each -> keep(each.event));
        }
        kept.forEach(each -> tell(each.event, each.completion));
    }

    /// From now on appends fail; null: no longer.
    public synchronized void refuse(@Nullable Problem problem) {
        refusing = problem;
    }

    /// Drops what lies before this offset, as retention does.
    public synchronized void dropBefore(int partition, long offset) {
        Partition of = partitions.get(partition);
        of.events.headMap(offset).clear();
        of.first = Math.max(of.first, Math.min(offset, of.next));
    }

    /// Everything kept, partition by partition.
    public synchronized List<Event> events() {
        return partitions.stream()
                .flatMap(each -> each.events.values().stream())
                .toList();
    }

    @Override
    public void close() {
        proceed();
        synchronized (this) {
            closed = true;
        }
    }

    private void keep(Event event) {
        Partition of = partitions.get(partitionOf(event));
        of.events.put(of.next++, event);
    }

    private void tell(Event event, Completion completion) {
        completion.done(null);
        listeners.forEach(listener -> listener.appended(partitionOf(event)));
    }

    @Override
    public synchronized Counts counts() {
        long kept = partitions.stream().mapToLong(each -> each.events.size()).sum();
        return new Counts(kept, 0, 0, refusing == null);
    }
}
