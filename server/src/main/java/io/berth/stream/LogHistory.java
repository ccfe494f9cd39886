package io.berth.stream;

import io.berth.core.message.Event;
import io.berth.core.message.EventHistory;
import io.berth.core.subscription.Selection;
import io.berth.stream.DurableLog.Entry;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.stream.IntStream;

/// What the durable log holds, its partitions told as one: by their ids, which grow with time.
public final class LogHistory implements EventHistory {
    private final DurableLog log;

    public LogHistory(DurableLog log) {
        this.log = log;
    }

    @Override
    public Past since(Instant from) {
        List<Part> parts = IntStream.range(0, log.partitions())
                .mapToObj(partition -> new Part(partition, log.offsetAt(partition, from)))
                .toList();
        return () -> merged(parts);
    }

    /// Ends where one of the partitions has to be read on.
    private static List<Event> merged(List<Part> parts) {
        parts.forEach(Part::fill);
        List<Part> open = new ArrayList<>(parts);
        open.removeIf(part -> part.read.isEmpty());
        List<Event> events = new ArrayList<>();
        boolean complete = true;
        while (complete && !open.isEmpty()) {
            Part first = Collections.min(open, Comparator.comparingLong(Part::id));
            events.add(first.read.removeFirst().event());
            complete = !first.read.isEmpty();
        }
        return events;
    }

    private final class Part {
        private final int partition;
        private final Deque<Entry> read = new ArrayDeque<>();
        private long next;

        Part(int partition, long next) {
            this.partition = partition;
            this.next = next;
        }

        /// Passes over what rules put into an inbox: that happened nowhere, and is told to its group alone.
        void fill() {
            List<Entry> more = read.isEmpty() ? log.read(partition, next) : List.of();
            while (!more.isEmpty()) {
                next = more.getLast().offset() + 1;
                more.stream()
                        .filter(entry -> !Selection.isInbox(entry.event().product()))
                        .forEach(read::add);
                more = read.isEmpty() ? log.read(partition, next) : List.of();
            }
        }

        long id() {
            return read.getFirst().event().id();
        }
    }
}
