package io.berth.stream.amqp;

import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.caller.Rights;
import io.berth.core.message.Event;
import io.berth.core.subscription.ConsumerGroup;
import io.berth.core.subscription.Readers.Peer;
import io.berth.core.subscription.Selection;
import io.berth.stream.group.Consumer;
import io.berth.stream.group.GroupReaders;
import io.berth.testing.TestClock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// Groups in memory: what is not accepted comes again at once, to whoever asks.
final class FakeGroups implements GroupReaders, GroupNames, AutoCloseable {
    private final Map<String, ConsumerGroup> groups = new HashMap<>();
    private final Map<String, Deque<Waiting>> backlogs = new HashMap<>();
    private final List<Reader> readers = new ArrayList<>();
    private final List<Consumer.Settlement> settlements = new ArrayList<>();
    private final ExecutorService engine = Executors.newSingleThreadExecutor();
    private int maxConsumers = Integer.MAX_VALUE;
    private long lastTag;
    private int handedOut;

    private record Waiting(Event event, int attempts) {}

    synchronized ConsumerGroup add(String name, String format) {
        ConsumerGroup group = new ConsumerGroup(
                "id-" + name, name, format, Selection.ALL, ConsumerGroup.Bounds.DEFAULT, TestClock.START);
        groups.put(group.id(), group);
        backlogs.put(group.id(), new ArrayDeque<>());
        return group;
    }

    synchronized void allow(int consumers) {
        maxConsumers = consumers;
    }

    synchronized void publish(ConsumerGroup group, Event event) {
        publish(group, event, 0);
    }

    /// An event that was handed out some times before.
    synchronized void publish(ConsumerGroup group, Event event, int attempts) {
        backlog(group.id()).add(new Waiting(event, attempts));
        pump();
    }

    synchronized void delete(ConsumerGroup group) {
        List<Reader> ended = readers.stream()
                .filter(reader -> reader.group.equals(group.id()))
                .toList();
        engine.execute(() -> ended.forEach(reader -> reader.receiver.ended("the group was deleted")));
    }

    synchronized List<Consumer.Settlement> settlements() {
        return List.copyOf(settlements);
    }

    synchronized int consumers() {
        return readers.size();
    }

    /// Who reads, in the order they came.
    synchronized List<Peer> peers() {
        return readers.stream().map(reader -> reader.receiver.peer()).toList();
    }

    synchronized int waiting(ConsumerGroup group) {
        return backlog(group.id()).size();
    }

    /// How many events were handed to consumers so far.
    synchronized int handedOut() {
        return handedOut;
    }

    /// As if each group heard only of the space that has its name.
    @Override
    public synchronized Optional<ConsumerGroup> find(String name, Rights rights) {
        return groups.values().stream()
                .filter(group -> group.name().equals(name) || group.id().equals(name))
                .filter(group -> rights.reach(group.name()))
                .findFirst();
    }

    @Override
    public synchronized Consumer attach(String group, Duration acknowledgeWithin, Consumer.Receiver receiver) {
        if (readers.size() >= maxConsumers) {
            throw new ProblemException(Problem.LIMIT_REACHED, "the group has " + maxConsumers + " consumers");
        }
        Reader reader = new Reader(group, receiver);
        readers.add(reader);
        return reader;
    }

    private Deque<Waiting> backlog(String group) {
        return Objects.requireNonNull(backlogs.get(group), group);
    }

    private void pump() {
        for (boolean moved = true; moved; ) {
            moved = false;
            for (Reader reader : readers) {
                moved |= reader.take();
            }
        }
    }

    private final class Reader implements Consumer {
        private final String group;
        private final Receiver receiver;
        private final Map<Long, Waiting> out = new HashMap<>();
        private int wanted;

        Reader(String group, Receiver receiver) {
            this.group = group;
            this.receiver = receiver;
        }

        boolean take() {
            Waiting next = wanted > 0 ? backlog(group).poll() : null;
            if (next == null) {
                return false;
            }
            wanted--;
            handedOut++;
            long tag = ++lastTag;
            out.put(tag, next);
            engine.execute(() -> receiver.deliver(new Delivered(tag, next.attempts(), next.event())));
            return true;
        }

        @Override
        public void request(int more) {
            synchronized (FakeGroups.this) {
                wanted += more;
                pump();
            }
        }

        @Override
        public void settle(long tag, Settlement settlement) {
            synchronized (FakeGroups.this) {
                Waiting settled = out.remove(tag);
                if (settled == null) {
                    return;
                }
                settlements.add(settlement);
                if (settlement != Settlement.ACCEPTED) {
                    comesAgain(settled, settlement == Settlement.RELEASED ? 0 : 1);
                }
                pump();
            }
        }

        private void comesAgain(Waiting event, int failures) {
            backlog(group).addFirst(new Waiting(event.event(), event.attempts() + failures));
        }

        @Override
        public void close() {
            synchronized (FakeGroups.this) {
                readers.remove(this);
                out.values().forEach(event -> comesAgain(event, 1));
                out.clear();
                pump();
            }
        }
    }

    @Override
    public void close() {
        engine.shutdownNow();
    }
}
