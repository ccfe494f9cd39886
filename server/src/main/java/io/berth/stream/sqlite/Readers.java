package io.berth.stream.sqlite;

import io.berth.core.Problem;
import io.berth.core.ProblemException;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A few connections that read, lent to whoever needs one.
final class Readers implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Readers.class);
    private static final int WAIT_SECONDS = 30;

    private final LogFile file;
    private final int count;

    /// Empty ones are opened when they are needed.
    private final BlockingQueue<Optional<RowReader>> free;

    private volatile boolean closed;

    Readers(LogFile file, int count) {
        this.file = file;
        this.count = count;
        this.free = new ArrayBlockingQueue<>(count);
        for (int i = 0; i < count; i++) {
            free.add(Optional.empty());
        }
    }

    @FunctionalInterface
    interface Look<T> {
        T into(RowReader reader) throws SQLException;
    }

    /// STORAGE_UNAVAILABLE when the file cannot be read, or no connection becomes free.
    <T> T look(Look<T> look) {
        Optional<RowReader> lent = borrow();
        Optional<RowReader> sound = Optional.empty();
        try {
            RowReader reader = lent.isPresent() ? lent.get() : new RowReader(file);
            lent = Optional.of(reader);
            T found = look.into(reader);
            sound = lent;
            return found;
        } catch (SQLException e) {
            LOG.error("the event log cannot be read: {}", file.explain(e), e);
            throw file.unusable(e);
        } finally {
            if (sound.isEmpty()) {
                lent.ifPresent(Readers::close);
            }
            free.add(sound);
        }
    }

    @Override
    public void close() {
        for (int i = 0; i < count && !closed; i++) {
            borrow().ifPresent(Readers::close);
        }
        closed = true;
    }

    private Optional<RowReader> borrow() {
        if (closed) {
            throw new ProblemException(Problem.STORAGE_UNAVAILABLE, "the event log is closed");
        }
        try {
            Optional<RowReader> reader = free.poll(WAIT_SECONDS, TimeUnit.SECONDS);
            if (reader != null) {
                return reader;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new ProblemException(Problem.STORAGE_UNAVAILABLE, "no connection to the event log became free");
    }

    private static void close(RowReader reader) {
        try {
            reader.close();
        } catch (SQLException e) {
            LOG.warn("a reader of the event log did not close", e);
        }
    }
}
