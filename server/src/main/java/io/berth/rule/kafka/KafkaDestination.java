package io.berth.rule.kafka;

import io.berth.rule.Destination;
import io.berth.rule.DestinationConfig;
import io.berth.rule.OutboundGate;
import io.berth.rule.Outgoing;
import io.berth.rule.Patience;
import io.berth.rule.RuleConfig;
import io.berth.rule.Template;
import io.berth.rule.Trouble;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.CorruptRecordException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/// Appends each message to a topic.
public final class KafkaDestination implements Destination {
    private final Template topic;
    private final @Nullable Template key;
    private final Patience patience;
    private final ProducerSettings settings;
    private final OutboundGate gate;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable GatedProducer producer;

    public KafkaDestination(DestinationConfig.Kafka config, OutboundGate gate, RuleConfig limits) {
        this.topic = Template.of(config.topic());
        this.key = config.key() == null ? null : Template.of(config.key());
        this.patience = new Patience(limits.sendTimeout());
        this.settings = ProducerSettings.of(config, limits.sendTimeout());
        this.gate = gate;
    }

    @Override
    public Outcome send(Outgoing message) throws InterruptedException {
        byte[] keyed = (key == null ? message.key() : key.fill(message)).getBytes(StandardCharsets.UTF_8);
        ProducerRecord<byte[], byte[]> made = new ProducerRecord<>(
                topic.fill(message),
                null,
                message.event().time().toEpochMilli(),
                keyed,
                message.body().toBytes());
        if (!message.reason().isEmpty()) {
            made.headers().add(Outgoing.REASON_HEADER, message.reason().getBytes(StandardCharsets.UTF_8));
        }
        return patience.with(() -> append(made));
    }

    @Override
    public void close() {
        lock.lock();
        try {
            if (producer != null) {
                producer.close();
            }
        } finally {
            lock.unlock();
        }
    }

    private Outcome append(ProducerRecord<byte[], byte[]> made) throws InterruptedException {
        GatedProducer open;
        try {
            open = open();
        } catch (KafkaException e) {
            return Outcome.retry(said(e));
        }
        try {
            open.send(made).get();
            return Outcome.DONE;
        } catch (InterruptException _) {
            throw new InterruptedException();
        } catch (ExecutionException e) {
            return e.getCause() instanceof KafkaException failed
                    ? outcome(failed, made.topic(), open)
                    : Outcome.retry(said(e));
        } catch (KafkaException e) {
            return outcome(e, made.topic(), open);
        }
    }

    private GatedProducer open() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            GatedProducer open = producer;
            if (open == null) {
                open = GatedProducer.open(settings, gate);
                producer = open;
            }
            return open;
        } finally {
            lock.unlock();
        }
    }

    private static Outcome outcome(KafkaException e, String topic, GatedProducer producer) {
        return switch (e) {
            case RecordTooLargeException _,
                    InvalidTopicException _,
                    InvalidRecordException _,
                    CorruptRecordException _ -> new Outcome.Refused(said(e));
            case UnknownTopicOrPartitionException _ -> Outcome.retry("there is no topic \"" + topic + "\"");
            default -> Outcome.retry(producer.refusal().orElseGet(() -> said(e)));
        };
    }

    private static String said(Throwable e) {
        return Trouble.said(e instanceof ExecutionException && e.getCause() != null ? e.getCause() : e);
    }
}
