package io.berth.stream.group;

import static io.berth.testing.SampleEvents.text;
import static org.awaitility.Awaitility.await;

import io.berth.core.subscription.Readers.Peer;
import io.berth.stream.group.Consumer.Delivered;
import io.berth.stream.group.Consumer.Settlement;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/// A consumer that keeps what it is handed until the test settles it.
final class TestConsumer implements Consumer.Receiver {
    private final String name;
    private final List<Delivered> received = new ArrayList<>();
    private final Queue<Delivered> unsettled = new ArrayDeque<>();
    private final Consumer consumer;
    private @Nullable String ended;

    TestConsumer(String name, GroupReaders groups, String group, Duration acknowledgeWithin) {
        this.name = name;
        this.consumer = groups.attach(group, acknowledgeWithin, this);
    }

    @Override
    public synchronized void deliver(Delivered delivered) {
        received.add(delivered);
        unsettled.add(delivered);
    }

    @Override
    public Peer peer() {
        return new Peer(name, "");
    }

    @Override
    public synchronized void ended(String reason) {
        ended = reason;
    }

    TestConsumer asks(int more) {
        consumer.request(more);
        return this;
    }

    /// Waits until so many were received in all.
    TestConsumer awaits(int count) {
        await().pollInterval(Duration.ofMillis(2)).until(() -> count() >= count);
        return this;
    }

    /// Settles as many of the oldest.
    void settles(int count, Settlement settlement) {
        for (int i = 0; i < count; i++) {
            settle(next(), settlement);
        }
    }

    void accepts(int count) {
        settles(count, Settlement.ACCEPTED);
    }

    void settle(Delivered delivered, Settlement settlement) {
        consumer.settle(delivered.tag(), settlement);
    }

    void goesAway() {
        consumer.close();
    }

    synchronized int count() {
        return received.size();
    }

    /// What it was handed, in that order.
    synchronized List<String> texts() {
        return received.stream().map(delivered -> text(delivered.event())).toList();
    }

    synchronized List<Delivered> received() {
        return List.copyOf(received);
    }

    synchronized @Nullable String ended() {
        return ended;
    }

    /// Takes all that are not settled.
    synchronized List<Delivered> takeUnsettled() {
        List<Delivered> taken = List.copyOf(unsettled);
        unsettled.clear();
        return taken;
    }

    /// Takes the oldest that is not settled.
    synchronized Delivered next() {
        return unsettled.remove();
    }
}
