package io.berth.rule;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/// Takes messages as a test tells it to.
final class FakeDestination implements Destination {
    final List<Outgoing> taken = new CopyOnWriteArrayList<>();
    final List<Outgoing> tried = new CopyOnWriteArrayList<>();
    final AtomicInteger busy = new AtomicInteger();
    final AtomicInteger busiest = new AtomicInteger();
    volatile Function<Outgoing, Outcome> answer = _ -> Outcome.DONE;
    volatile boolean closed;

    /// Permits to answer; a test that hangs the destination drains it.
    final Semaphore turns = new Semaphore(1_000_000);

    void hang() {
        turns.drainPermits();
    }

    List<String> bodies() {
        return taken.stream().map(message -> message.body().text()).toList();
    }

    @Override
    public Outcome send(Outgoing message) throws InterruptedException {
        tried.add(message);
        busiest.accumulateAndGet(busy.incrementAndGet(), Math::max);
        try {
            turns.acquire();
            Outcome outcome = answer.apply(message);
            if (outcome instanceof Outcome.Done) {
                taken.add(message);
            }
            return outcome;
        } finally {
            busy.decrementAndGet();
        }
    }

    @Override
    public void close() {
        closed = true;
    }
}
