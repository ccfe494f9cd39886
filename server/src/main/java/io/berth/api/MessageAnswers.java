package io.berth.api;

import io.berth.api.StreamedDelivery.Outcome;
import io.berth.core.message.Qos;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.exc.JacksonIOException;

/// The answering half of a stream of messages. One thread begins messages, any thread settles them and only enqueues,
/// and a thread of its own writes the answers: it alone waits for the client.
///
/// A message keeps its place in the window until its answer was written, so a client that does not read stops the
/// reading of its messages and nothing piles up.
final class MessageAnswers {
    private static final Logger LOG = LoggerFactory.getLogger(MessageAnswers.class);

    /// Answers gather for this long after a flush, which costs more than many answers.
    private static final long GATHER_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    /// How often those that wait too long are looked for.
    private static final long SWEEP_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final Asked asked;
    private final Limits limits;
    private final AnswerLines lines;
    private final Semaphore room;
    private final Set<StreamedDelivery> open = ConcurrentHashMap.newKeySet();
    private final Queue<StreamedDelivery> settled = new ConcurrentLinkedQueue<>();
    private final Thread writer;
    private MessageSummary summary = MessageSummary.EMPTY;
    private long sweptNanos = System.nanoTime();
    private volatile boolean resting;
    private volatile boolean complete;
    private volatile boolean gone;

    /// @param window messages under way at a time
    /// @param patience after which a message is told of as far as it got
    record Limits(int window, Duration patience) {}

    /// @param failuresOnly whether messages that went well are only counted
    record Asked(boolean failuresOnly, boolean untilAcknowledged) {}

    private MessageAnswers(OutputStream out, Asked asked, Limits limits) {
        this.asked = asked;
        this.limits = limits;
        this.lines = new AnswerLines(out);
        this.room = new Semaphore(limits.window());
        this.writer = Thread.ofVirtual().name("answers").unstarted(this::run);
    }

    static MessageAnswers start(OutputStream out, Asked asked, Limits limits) {
        MessageAnswers answers = new MessageAnswers(out, asked, limits);
        answers.writer.start();
        return answers;
    }

    /// Waits for a place in the window.
    StreamedDelivery begin(long line, @Nullable String id, Qos qos) throws IOException, InterruptedException {
        room.acquire();
        if (gone) {
            throw new IOException("nobody reads the answers any more");
        }
        boolean untilAcknowledged = asked.untilAcknowledged() && qos == Qos.AT_LEAST_ONCE;
        StreamedDelivery delivery = new StreamedDelivery(line, id, untilAcknowledged, this::settled);
        open.add(delivery);
        return delivery;
    }

    private void settled(StreamedDelivery delivery) {
        settled.add(delivery);
        open.remove(delivery);
        if (resting) {
            LockSupport.unpark(writer);
        }
    }

    /// No more messages begin: waits until all are settled and answered.
    void complete() throws InterruptedException {
        complete = true;
        LockSupport.unpark(writer);
        writer.join();
    }

    /// Stops answering, whatever is under way.
    void end() throws InterruptedException {
        gone = true;
        LockSupport.unpark(writer);
        writer.join();
    }

    private void run() {
        try (lines) {
            while (!gone && !isDone()) {
                if (drain()) {
                    LockSupport.parkNanos(GATHER_NANOS);
                } else {
                    rest();
                }
                sweep(System.nanoTime());
            }
            if (!gone) {
                lines.summary(summary);
            }
        } catch (JacksonIOException e) {
            LOG.debug("the client is gone", e);
        } finally {
            gone = true;
            room.release(limits.window()); // the reading half hears of it when it begins its next message
        }
    }

    private boolean isDone() {
        return complete && open.isEmpty() && settled.isEmpty();
    }

    /// Writes the answers that are there; false when there were none.
    private boolean drain() {
        int count = 0;
        for (StreamedDelivery delivery = settled.poll(); delivery != null; delivery = settled.poll()) {
            Outcome outcome = Objects.requireNonNull(delivery.outcome(), "only settled ones are queued");
            summary = summary.plus(outcome);
            if (!asked.failuresOnly() || outcome instanceof Outcome.Failed) {
                lines.answer(delivery, outcome);
            }
            count++;
        }
        if (count > 0) {
            lines.flush();
            room.release(count);
        }
        return count > 0;
    }

    private void rest() {
        resting = true;
        if (settled.isEmpty() && !gone && !isDone()) {
            LockSupport.parkNanos(SWEEP_NANOS);
        }
        resting = false;
    }

    private void sweep(long now) {
        if (now - sweptNanos >= SWEEP_NANOS) {
            sweptNanos = now;
            long before = now - limits.patience().toNanos();
            open.forEach(delivery -> delivery.expire(before));
        }
    }
}
