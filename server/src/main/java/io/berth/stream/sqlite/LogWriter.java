package io.berth.stream.sqlite;

import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.alarm.Alarm;
import io.berth.core.alarm.AlarmBell;
import io.berth.stream.Appended;
import io.berth.stream.DurableLog.Listener;
import io.berth.stream.EventBatch;
import io.berth.stream.Tail;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The one thread that adds to the file: commits what waits as one row, shows it to readers, then tells those
/// who wait.
///
/// After a failure everything is refused until a trial write of the same size succeeds: no event is accepted in
/// the hope that the next commit will do. The offsets of a batch that failed are not given again, because
/// whether the disk has it is not known.
final class LogWriter implements AutoCloseable {
    static final String ALARM = "event-log";

    private static final Logger LOG = LoggerFactory.getLogger(LogWriter.class);
    private static final Duration BETWEEN_TRIALS = Duration.ofSeconds(1);

    private final LogFile file;
    private final Waiting waiting;
    private final Tail tail;
    private final Upkeep upkeep;
    private final AlarmBell bell;
    private final Figures figures = new Figures();
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();
    private final Thread thread =
            Thread.ofPlatform().name("berth-event-log").daemon().unstarted(this::run);
    private @Nullable RowWriter writer;
    private long next;
    private long until;
    private int failedBytes;
    private volatile @Nullable ProblemException failure;

    LogWriter(LogFile file, Waiting waiting, Tail tail, Upkeep upkeep, AlarmBell bell) {
        this.file = file;
        this.waiting = waiting;
        this.tail = tail;
        this.upkeep = upkeep;
        this.bell = bell;
        this.next = tail.next();
    }

    /// @param newest the newest time in the log, in milliseconds
    void start(long newest) {
        bell.clear(ALARM); // whoever keeps alarms may have one of an earlier process
        until = newest;
        thread.start();
    }

    void follow(Listener listener) {
        listeners.add(listener);
    }

    Figures figures() {
        return figures;
    }

    /// Why nothing is accepted at the moment; null when it is.
    @Nullable
    ProblemException failure() {
        return failure;
    }

    /// Finishes what waits.
    @Override
    public void close() {
        waiting.close();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            boolean open = true;
            while (open) {
                open = failure == null ? commitNext() : recover();
            }
            if (writer != null) {
                writer.mark(next);
                writer.close();
            }
        } catch (SQLException e) {
            LOG.warn("the event log did not close well; nothing is lost", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean commitNext() throws InterruptedException {
        List<Appended> batch = waiting.take();
        if (batch.isEmpty()) {
            return false;
        }
        Row row = Row.of(next, batch, until);
        next = row.end();
        try {
            insert(row);
        } catch (SQLException | RuntimeException e) {
            fail(batch, row, e);
            return true;
        }
        until = row.until();
        show(row.first(), batch);
        return true;
    }

    private void insert(Row row) throws SQLException {
        long began = System.nanoTime();
        upkeep.fileLock().lock();
        try {
            connected().insert(row);
        } finally {
            upkeep.fileLock().unlock();
        }
        figures.committed(row, System.nanoTime() - began);
        upkeep.wrote(row);
    }

    private RowWriter connected() throws SQLException {
        RowWriter connected = writer != null ? writer : new RowWriter(file);
        writer = connected;
        return connected;
    }

    private void show(long first, List<Appended> batch) {
        tail.add(EventBatch.entries(batch, first), EventBatch.weight(batch));
        batch.forEach(each -> each.tell(null));
        for (Listener listener : listeners) {
            try {
                listener.appended(SqliteLog.PARTITION);
            } catch (RuntimeException e) {
                LOG.error("a follower of the event log failed", e);
            }
        }
    }

    private void fail(List<Appended> batch, Row row, Exception cause) {
        disconnect();
        failedBytes = row.octets().size();
        figures.failures.increment();
        String what = cause instanceof SQLException sql ? file.explain(sql) : cause.toString();
        ProblemException refusal = new ProblemException(
                Problem.STORAGE_UNAVAILABLE, "the event log takes nothing until it can be written again", cause);
        failure = refusal;
        LOG.error("the event log cannot be written, devices are not acknowledged: {}", what);
        LOG.debug("why the event log cannot be written", cause);
        bell.raise(
                ALARM,
                Alarm.Severity.CRITICAL,
                "No event can be kept, and devices that publish are not acknowledged. " + what
                        + ". It goes on by itself as soon as it can.");
        batch.forEach(each -> each.tell(refusal));
    }

    /// Refuses what still waits, and after a while tries whether it would be kept.
    private boolean recover() throws InterruptedException {
        ProblemException refusal = failure;
        List<Appended> refused = waiting.takeAll(BETWEEN_TRIALS);
        refused.forEach(each -> each.tell(refusal));
        if (waiting.isClosed()) {
            return !refused.isEmpty();
        }
        upkeep.fileLock().lock();
        try {
            connected().probe(failedBytes);
        } catch (SQLException e) {
            LOG.debug("the event log still cannot be written", e);
            disconnect();
            return true;
        } finally {
            upkeep.fileLock().unlock();
        }
        failure = null;
        LOG.info("the event log can be written again");
        bell.clear(ALARM);
        return true;
    }

    /// Closing rolls back whatever state a full disk left.
    private void disconnect() {
        RowWriter broken = writer;
        writer = null;
        if (broken != null) {
            try {
                broken.close();
            } catch (SQLException e) {
                LOG.debug("a connection that failed did not close", e);
            }
        }
    }
}
