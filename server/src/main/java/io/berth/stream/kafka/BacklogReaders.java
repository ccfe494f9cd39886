package io.berth.stream.kafka;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;

/// A few consumers that take turns with looks into what is no longer in memory. Blocks; any thread.
final class BacklogReaders implements AutoCloseable {
    private static final int READERS = 3;
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration POLL = Duration.ofMillis(200);

    private final BlockingQueue<Consumer<byte[], byte[]>> idle = new ArrayBlockingQueue<>(READERS);

    BacklogReaders(KafkaClients clients) {
        for (int i = 0; i < READERS; i++) {
            idle.add(clients.reader("berth-backlog-" + i));
        }
    }

    /// Records from this offset on, before `end`: at least one unless there is none, or the brokers do not
    /// answer in time.
    List<ConsumerRecord<byte[], byte[]>> read(TopicPartition partition, long from, long end) {
        return with(consumer -> {
            consumer.assign(List.of(partition));
            consumer.seek(partition, from);
            long patience = System.nanoTime() + PATIENCE.toNanos();
            while (consumer.position(partition, PATIENCE) < end && System.nanoTime() < patience) {
                List<ConsumerRecord<byte[], byte[]>> found =
                        new ArrayList<>(consumer.poll(POLL).records(partition));
                if (!found.isEmpty()) {
                    return found;
                }
            }
            return List.of();
        });
    }

    /// Where each partition ends now, in the given order.
    List<Long> ends(List<TopicPartition> partitions) {
        return with(consumer -> {
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, PATIENCE);
            return partitions.stream().map(ends::get).toList();
        });
    }

    /// The first record that is not older than this; -1 when there is none.
    long at(TopicPartition partition, Instant time) {
        return with(consumer -> {
            Map<TopicPartition, OffsetAndTimestamp> found =
                    consumer.offsetsForTimes(Map.of(partition, time.toEpochMilli()), PATIENCE);
            OffsetAndTimestamp offset = found.get(partition);
            return offset == null ? -1 : offset.offset();
        });
    }

    private <T> T with(Function<Consumer<byte[], byte[]>, T> look) {
        Consumer<byte[], byte[]> consumer;
        try {
            consumer = idle.take();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for a reader", e);
        }
        try {
            return look.apply(consumer);
        } finally {
            idle.add(consumer);
        }
    }

    @Override
    public void close() {
        for (int i = 0; i < READERS; i++) {
            try {
                idle.take().close();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
