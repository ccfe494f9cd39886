package io.berth.stream.kafka;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One thread that follows the ends of all partitions, whoever appends to them, as long as it takes the
/// brokers to come back, and where their oldest records are.
final class TailReader implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TailReader.class);
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final Duration PAUSE = Duration.ofMillis(500);

    /// How often to ask what retention has dropped.
    private static final Duration LOOK_BACK = Duration.ofSeconds(5);

    private final org.apache.kafka.clients.consumer.Consumer<byte[], byte[]> consumer;
    private final Consumer<List<ConsumerRecord<byte[], byte[]>>> reader;
    private final List<TopicPartition> partitions;
    private final AtomicLongArray firsts;
    private final Thread thread;
    private long lookedBack;
    private volatile boolean closed;

    /// @param from the record to begin with in each partition
    /// @param reader is given the records of one partition at a time, in order, on this reader's thread
    TailReader(
            KafkaClients clients,
            List<TopicPartition> partitions,
            List<Long> from,
            Consumer<List<ConsumerRecord<byte[], byte[]>>> reader) {
        this.reader = reader;
        this.partitions = partitions;
        this.firsts = new AtomicLongArray(partitions.size());
        this.consumer = clients.follower();
        consumer.assign(partitions);
        partitions.forEach(partition -> consumer.seek(partition, from.get(partition.partition())));
        lookBack();
        this.thread = Thread.ofPlatform().name("berth-event-tail").daemon().start(this::run);
    }

    /// The oldest record that is still there, as of some seconds ago.
    long first(int partition) {
        return firsts.get(partition);
    }

    private void lookBack() {
        consumer.beginningOffsets(partitions).forEach((partition, first) -> firsts.set(partition.partition(), first));
        lookedBack = System.nanoTime();
    }

    private void run() {
        while (!closed) {
            try {
                ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
                for (TopicPartition partition : records.partitions()) {
                    reader.accept(records.records(partition));
                }
                if (System.nanoTime() - lookedBack > LOOK_BACK.toNanos()) {
                    lookBack();
                }
            } catch (WakeupException _) {
                // it is being closed
            } catch (KafkaException e) {
                LOG.warn("following the event log failed, and is tried again", e);
                pause();
            }
        }
        consumer.close();
    }

    private void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            closed = true;
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed = true;
        consumer.wakeup();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
