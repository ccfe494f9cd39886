package io.berth.stream.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.berth.core.Completion;
import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.alarm.AlarmBell;
import io.berth.core.message.Event;
import io.berth.stream.Appended;
import io.berth.stream.DurableLog;
import io.berth.stream.EventBatch;
import io.berth.stream.UnreadableEventException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Events in a topic of Apache Kafka, many in a record. What several nodes append, each of them reads.
public final class KafkaLog implements DurableLog {
    private static final Logger LOG = LoggerFactory.getLogger(KafkaLog.class);
    private static final Duration PATIENCE = Duration.ofMillis(250);

    private final KafkaConfig config;
    private final Outage outage;
    private final List<TopicPartition> partitions;
    private final List<LiveEnd> ends;
    private final List<Lane> lanes;
    private final Producer<byte[], byte[]> producer;
    private final BacklogReaders backlog;
    private final TailReader tail;
    private final AtomicLong waitingBytes = new AtomicLong();
    private final LongAdder appended = new LongAdder();
    private final LongAdder failures = new LongAdder();
    private final LongAdder unreadable = new LongAdder();
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();
    private volatile boolean closed;

    private KafkaLog(KafkaConfig config, KafkaClients clients, int count, AlarmBell alarms) {
        this.config = config;
        this.outage = new Outage(config.servers(), alarms);
        this.partitions = IntStream.range(0, count)
                .mapToObj(partition -> new TopicPartition(config.topic(), partition))
                .toList();
        this.producer = clients.producer();
        awaitPartitions();
        this.lanes = partitions.stream()
                .map(partition -> new Lane(partition, producer, new Results()))
                .toList();
        this.backlog = new BacklogReaders(clients);
        List<Long> next = backlog.ends(partitions);
        this.ends = next.stream()
                .map(record -> new LiveEnd(config.recentBytes() / count, record))
                .toList();
        this.tail = new TailReader(clients, partitions, next, this::arrived);
    }

    /// STORAGE_UNAVAILABLE when the brokers do not answer.
    public static KafkaLog open(KafkaConfig config, AlarmBell alarms) {
        KafkaClients clients = new KafkaClients(config);
        try {
            return new KafkaLog(config, clients, KafkaTopic.open(clients, config), alarms);
        } catch (KafkaException e) {
            throw new ProblemException(
                    Problem.STORAGE_UNAVAILABLE, "Kafka at " + config.servers() + " is not usable: " + e, e);
        }
    }

    /// The producer may not wait within `send`, so it must know the partitions before.
    private void awaitPartitions() {
        long patience = System.nanoTime() + config.appendTimeout().toNanos();
        while (true) {
            try {
                producer.partitionsFor(config.topic());
                return;
            } catch (TimeoutException e) {
                if (System.nanoTime() > patience) {
                    throw e;
                }
                LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
            }
        }
    }

    @Override
    public int partitions() {
        return partitions.size();
    }

    @Override
    public void append(Event event, Completion completion) {
        if (closed) {
            completion.done(new ProblemException(Problem.STORAGE_UNAVAILABLE, "the event log is closed"));
            return;
        }
        Appended waits = Appended.of(event, completion);
        if (waitingBytes.addAndGet(waits.weight()) > config.maxWaitingBytes()) {
            waitingBytes.addAndGet(-waits.weight());
            completion.done(new ProblemException(Problem.OVERLOADED, "too many events wait for Kafka already"));
            return;
        }
        lanes.get(partition(event)).append(waits);
    }

    /// The same on every node and in every release, or a device would lose its order.
    private int partition(Event event) {
        byte[] key = (event.product() + "/" + event.deviceName()).getBytes(UTF_8);
        return Utils.toPositive(Utils.murmur2(key)) % lanes.size();
    }

    private final class Results implements Lane.Outcome {
        @Override
        public void kept(RecordMetadata place, List<Appended> batch) {
            waitingBytes.addAndGet(-EventBatch.weight(batch));
            appended.add(batch.size());
            outage.end();
            boolean readable = ends.get(place.partition()).wrote(place.offset(), batch);
            batch.forEach(each -> each.tell(null));
            if (readable) {
                tell(place.partition());
            }
        }

        @Override
        public void refused(@Nullable Exception failure, List<Appended> batch) {
            waitingBytes.addAndGet(-EventBatch.weight(batch));
            failures.increment();
            if (!closed) {
                outage.begin(failure);
            }
            ProblemException refusal = Outage.refusal(failure);
            batch.forEach(each -> each.tell(refusal));
        }
    }

    @Override
    public Span span(int partition) {
        return new Span(
                Offsets.first(tail.first(partition)), ends.get(partition).next());
    }

    @Override
    public List<Entry> read(int partition, long from) {
        return ends.get(partition).read(from, PATIENCE).orElseGet(() -> fetch(partition, from));
    }

    private List<Entry> fetch(int partition, long from) {
        long end = Offsets.recordFrom(ends.get(partition).next());
        long start = Offsets.record(from);
        while (start < end) {
            List<ConsumerRecord<byte[], byte[]>> found = backlog.read(partitions.get(partition), start, end);
            if (found.isEmpty()) {
                return List.of();
            }
            List<Entry> entries = new ArrayList<>();
            found.forEach(record -> entries.addAll(entries(record, from)));
            if (!entries.isEmpty()) {
                return entries;
            }
            start = found.getLast().offset() + 1;
        }
        return List.of();
    }

    @Override
    public long offsetAt(int partition, Instant time) {
        long record = backlog.at(partitions.get(partition), time);
        if (record < 0) {
            return ends.get(partition).next();
        }
        return fetch(partition, Offsets.first(record)).stream()
                .filter(entry -> !entry.event().time().isBefore(time))
                .findFirst()
                .map(Entry::offset)
                .orElse(Offsets.first(record));
    }

    @Override
    public void follow(Listener follower) {
        listeners.add(follower);
    }

    @Override
    public Counts counts() {
        return new Counts(appended.sum(), waitingBytes.get(), failures.sum(), !outage.lasts());
    }

    /// Records of the topic that are no events: something else writes to it.
    public long unreadable() {
        return unreadable.sum();
    }

    @Override
    public void close() {
        closed = true;
        try {
            for (Lane lane : lanes) {
                lane.awaitIdle();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        producer.close(config.appendTimeout());
        tail.close();
        backlog.close();
    }

    private void arrived(List<ConsumerRecord<byte[], byte[]>> records) {
        int partition = records.getFirst().partition();
        LiveEnd end = ends.get(partition);
        boolean news = false;
        for (ConsumerRecord<byte[], byte[]> record : records) {
            if (end.lacks(record.offset())) {
                List<Entry> entries = entries(record, 0);
                end.fetched(record.offset(), entries, Math.max(0, record.serializedValueSize()));
                news = true;
            }
        }
        if (news) {
            tell(partition);
        }
    }

    private void tell(int partition) {
        listeners.forEach(listener -> listener.appended(partition));
    }

    private List<Entry> entries(ConsumerRecord<byte[], byte[]> record, long from) {
        byte[] octets = Optional.ofNullable(record.value()).orElse(new byte[0]);
        try {
            return EventBatch.read(ByteBuffer.wrap(octets), Offsets.first(record.offset()), from);
        } catch (UnreadableEventException e) {
            unreadable.increment();
            LOG.warn(
                    "record {} of {} holds no events and is passed over: {}",
                    record.offset(),
                    record.topic(),
                    e.getMessage());
            return List.of();
        }
    }
}
