package io.berth.stream.kafka;

import io.berth.stream.Appended;
import io.berth.stream.EventBatch;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.jspecify.annotations.Nullable;

/// The way of events into one partition: one record at a time is with the brokers, and what comes meanwhile
/// goes together into the next. So a lone event never waits, and a flood costs a record for many events. Any
/// thread; takes a lock for a few instructions.
final class Lane {
    private static final int BATCH_EVENTS = 4_000;

    /// Well below what a topic allows that somebody else made (1 MiB).
    private static final int BATCH_BYTES = 256 << 10;

    private final TopicPartition partition;
    private final Producer<byte[], byte[]> producer;
    private final Outcome outcome;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition idle = lock.newCondition();
    private final Deque<Appended> waiting = new ArrayDeque<>();
    private boolean busy;

    /// Hears what became of events, on the producer's thread or the one that appended.
    interface Outcome {
        void kept(RecordMetadata place, List<Appended> batch);

        void refused(@Nullable Exception failure, List<Appended> batch);
    }

    Lane(TopicPartition partition, Producer<byte[], byte[]> producer, Outcome outcome) {
        this.partition = partition;
        this.producer = producer;
        this.outcome = outcome;
    }

    /// Whoever calls bounds what waits.
    void append(Appended appended) {
        lock.lock();
        try {
            waiting.add(appended);
            if (busy) {
                return;
            }
            busy = true;
        } finally {
            lock.unlock();
        }
        sendNext();
    }

    /// Waits until nothing waits; the producer gives up what takes too long.
    void awaitIdle() throws InterruptedException {
        lock.lock();
        try {
            while (busy) {
                idle.await();
            }
        } finally {
            lock.unlock();
        }
    }

    private void sendNext() {
        List<Appended> batch = take(BATCH_EVENTS, BATCH_BYTES);
        if (batch.isEmpty()) {
            return;
        }
        try {
            var _ = producer.send(record(batch), (place, failure) -> settled(batch, place, failure));
        } catch (KafkaException | IllegalStateException e) {
            settled(batch, null, e);
        }
    }

    /// A record that is refused takes all that waits with it: they have waited long enough, and would run into
    /// the same. Only one that is too large is at fault by itself.
    private void settled(List<Appended> batch, @Nullable RecordMetadata place, @Nullable Exception failure) {
        if (failure == null && place != null) {
            sendNext();
            outcome.kept(place, batch);
            return;
        }
        outcome.refused(failure, batch);
        if (failure instanceof RecordTooLargeException) {
            sendNext();
            return;
        }
        for (List<Appended> more = takeAll(); !more.isEmpty(); more = takeAll()) {
            outcome.refused(failure, more);
        }
    }

    private List<Appended> takeAll() {
        return take(Integer.MAX_VALUE, Long.MAX_VALUE);
    }

    /// With nothing left the lane is idle.
    private List<Appended> take(int mostEvents, long mostBytes) {
        lock.lock();
        try {
            List<Appended> batch = new ArrayList<>(Math.min(mostEvents, waiting.size()));
            long bytes = 0;
            for (Appended next = waiting.peek();
                    next != null
                            && batch.size() < mostEvents
                            && (batch.isEmpty() || bytes + next.octets().size() <= mostBytes);
                    next = waiting.peek()) {
                batch.add(waiting.remove());
                bytes += next.octets().size();
            }
            if (batch.isEmpty()) {
                busy = false;
                idle.signalAll();
            }
            return batch;
        } finally {
            lock.unlock();
        }
    }

    /// Its time is that of its newest event, which is what Kafka looks for times and drops old segments by.
    private ProducerRecord<byte[], byte[]> record(List<Appended> batch) {
        long newest = 0;
        for (Appended each : batch) {
            newest = Math.max(newest, each.event().time().toEpochMilli());
        }
        return new ProducerRecord<>(partition.topic(), partition.partition(), newest, null, EventBatch.write(batch));
    }
}
