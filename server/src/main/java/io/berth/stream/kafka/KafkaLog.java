package io.berth.stream.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.berth.core.Completion;
import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.alarm.Alarm;
import io.berth.core.alarm.AlarmBell;
import io.berth.core.message.Event;
import io.berth.stream.DurableLog;
import io.berth.stream.EventCodec;
import io.berth.stream.UnreadableEventException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Events in a topic of Apache Kafka. What several nodes append, each of them reads.
public final class KafkaLog implements DurableLog {
    private static final Logger LOG = LoggerFactory.getLogger(KafkaLog.class);
    private static final String ALARM = "event-log";
    private static final int MOST_ENTRIES = 2_000;
    private static final Duration TAIL_PATIENCE = Duration.ofMillis(250);

    private final KafkaConfig config;
    private final AlarmBell alarms;
    private final List<TopicPartition> partitions;
    private final List<RecentEntries> recent;
    private final AtomicLongArray acknowledged;
    private final Producer<byte[], byte[]> producer;
    private final BacklogReaders backlog;
    private final TailReader tail;
    private final AtomicLong waitingBytes = new AtomicLong();
    private final AtomicBoolean failing = new AtomicBoolean();
    private final LongAdder appended = new LongAdder();
    private final LongAdder failures = new LongAdder();
    private final LongAdder unreadable = new LongAdder();
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();
    private volatile boolean closed;

    private KafkaLog(KafkaConfig config, KafkaClients clients, int count, AlarmBell alarms) {
        this.config = config;
        this.alarms = alarms;
        this.partitions = IntStream.range(0, count)
                .mapToObj(partition -> new TopicPartition(config.topic(), partition))
                .toList();
        this.acknowledged = new AtomicLongArray(count);
        this.producer = clients.producer();
        awaitPartitions();
        this.backlog = new BacklogReaders(clients);
        List<Long> ends = backlog.ends(partitions);
        this.recent = ends.stream()
                .map(end -> new RecentEntries(config.recentBytes() / count, end))
                .toList();
        this.tail = new TailReader(clients, partitions, partition -> ends.get(partition.partition()), this::arrived);
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
        byte[] octets = EventCodec.encode(event);
        if (waitingBytes.addAndGet(octets.length) > config.maxWaitingBytes()) {
            waitingBytes.addAndGet(-octets.length);
            completion.done(new ProblemException(Problem.OVERLOADED, "too many events wait for Kafka already"));
            return;
        }
        byte[] key = (event.product() + "/" + event.deviceName()).getBytes(UTF_8);
        ProducerRecord<byte[], byte[]> entry =
                new ProducerRecord<>(config.topic(), null, event.time().toEpochMilli(), key, octets);
        try {
            var _ = producer.send(entry, (place, failure) -> {
                waitingBytes.addAndGet(-octets.length);
                acknowledged(place, failure, completion);
            });
        } catch (KafkaException | IllegalStateException e) {
            waitingBytes.addAndGet(-octets.length);
            acknowledged(null, e, completion);
        }
    }

    /// On the producer's thread.
    private void acknowledged(@Nullable RecordMetadata place, @Nullable Exception failure, Completion completion) {
        if (failure == null && place != null) {
            acknowledged.accumulateAndGet(place.partition(), place.offset() + 1, Math::max);
            appended.increment();
            if (failing.get() && failing.compareAndSet(true, false)) {
                alarms.clear(ALARM);
            }
            completion.done(null);
            return;
        }
        failures.increment();
        if (!closed && failing.compareAndSet(false, true)) {
            LOG.error("Kafka does not take events: {}", String.valueOf(failure));
            alarms.raise(
                    ALARM,
                    Alarm.Severity.CRITICAL,
                    "Kafka at " + config.servers()
                            + " does not take events, and devices whose events are wanted are not" + " acknowledged: "
                            + failure + ". Bring the brokers back; devices send again.");
        }
        String problem = "Kafka does not take events";
        completion.done(
                failure == null
                        ? new ProblemException(Problem.STORAGE_UNAVAILABLE, problem)
                        : new ProblemException(Problem.STORAGE_UNAVAILABLE, problem, failure));
    }

    @Override
    public Span span(int partition) {
        return new Span(backlog.first(partitions.get(partition)), end(partition));
    }

    @Override
    public List<Entry> read(int partition, long from) {
        RecentEntries newest = recent.get(partition);
        long end = end(partition);
        if (from < end) {
            newest.await(
                    from, TAIL_PATIENCE); // what is acknowledged is on its way to the tail: cheaper than to fetch it
        }
        Optional<List<Entry>> live = newest.from(from, MOST_ENTRIES);
        if (live.isPresent()) {
            return live.get();
        }
        long start = from;
        while (start < end) {
            List<ConsumerRecord<byte[], byte[]>> found = backlog.read(partitions.get(partition), start, end);
            if (found.isEmpty()) {
                return List.of();
            }
            List<Entry> entries =
                    found.stream().map(this::entry).flatMap(Optional::stream).toList();
            if (!entries.isEmpty()) {
                return entries;
            }
            start = found.getLast().offset() + 1;
        }
        return List.of();
    }

    @Override
    public long offsetAt(int partition, Instant time) {
        long found = backlog.at(partitions.get(partition), time);
        return found < 0 ? end(partition) : found;
    }

    @Override
    public void follow(Listener follower) {
        listeners.add(follower);
    }

    @Override
    public Counts counts() {
        return new Counts(appended.sum(), waitingBytes.get(), failures.sum(), !failing.get());
    }

    /// Records of the topic that are no events: something else writes to it.
    public long unreadable() {
        return unreadable.sum();
    }

    @Override
    public void close() {
        closed = true;
        producer.close(config.appendTimeout());
        tail.close();
        backlog.close();
    }

    private long end(int partition) {
        return Math.max(recent.get(partition).next(), acknowledged.get(partition));
    }

    private void arrived(List<ConsumerRecord<byte[], byte[]>> records) {
        int partition = records.getFirst().partition();
        RecentEntries live = recent.get(partition);
        records.forEach(each -> entry(each).ifPresent(live::add));
        listeners.forEach(listener -> listener.appended(partition));
    }

    private Optional<Entry> entry(ConsumerRecord<byte[], byte[]> found) {
        try {
            return Optional.of(new Entry(found.offset(), EventCodec.decode(ByteBuffer.wrap(found.value()))));
        } catch (UnreadableEventException e) {
            unreadable.increment();
            LOG.warn(
                    "record {} of {} is no event and is passed over: {}",
                    found.offset(),
                    found.topic(),
                    e.getMessage());
            return Optional.empty();
        }
    }
}
