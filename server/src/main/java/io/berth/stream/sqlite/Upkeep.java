package io.berth.stream.sqlite;

import io.berth.stream.Tail;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps the file in shape on a thread of its own: moves SQLite's write-ahead log into it, and drops what is
/// too old or too much, some rows at a time. The pages of dropped rows take later ones, so the file stays as
/// large as it once was.
final class Upkeep implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Upkeep.class);
    private static final Duration ROUND = Duration.ofSeconds(1);

    /// A write-ahead log of this size is moved at once.
    private static final long MOVED_BYTES = 16 << 20;

    /// What one step drops: a few milliseconds' work, in which the writer waits.
    private static final int STEP_ROWS = 64;

    private static final long STEP_BYTES = 2 << 20;

    private final LogFile file;
    private final Tail tail;
    private final Duration retention;
    private final long retentionBytes;
    private final InstantSource clock;

    /// SQLite has one writer at a time, and its own way of waiting is to sleep.
    private final ReentrantLock fileLock = new ReentrantLock(true);

    private final AtomicLong unmoved = new AtomicLong();
    private final LongAdder dropped = new LongAdder();
    private final Thread thread =
            Thread.ofPlatform().name("berth-event-log-upkeep").daemon().unstarted(this::run);
    private @Nullable Connection connection;
    private boolean failing;
    private volatile long first;
    private volatile long oldest;
    private volatile long usedBytes;
    private volatile boolean closed;

    Upkeep(LogFile file, Tail tail, StreamConfig config, InstantSource clock, long first) {
        this.file = file;
        this.tail = tail;
        this.retention = config.retention();
        this.retentionBytes = config.retentionBytes();
        this.clock = clock;
        this.first = first;
    }

    void start() {
        thread.start();
    }

    /// Held by whoever writes to the file.
    ReentrantLock fileLock() {
        return fileLock;
    }

    /// Hears what the writer wrote.
    void wrote(Row row) {
        // beside its octets a row changes two pages or so
        if (unmoved.addAndGet(row.octets().size() + 2L * LogFile.PAGE_BYTES) >= MOVED_BYTES) {
            LockSupport.unpark(thread);
        }
    }

    /// Where the oldest row begins.
    long first() {
        return first;
    }

    /// The time of the oldest event, in milliseconds; zero when there is none.
    long oldest() {
        return oldest;
    }

    long usedBytes() {
        return usedBytes;
    }

    /// How many events were dropped.
    long dropped() {
        return dropped.sum();
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (!closed) {
            try {
                Connection connected = connection != null ? connection : file.connectUnsynced();
                connection = connected;
                moveWriteAheadLog(connected);
                dropWhatIsOver(connected);
                failing = false;
            } catch (SQLException | RuntimeException e) {
                complain(e);
                disconnect();
            }
            LockSupport.parkNanos(ROUND.toNanos());
        }
        disconnect();
    }

    /// Once: a full disk fails every round.
    private void complain(Exception failure) {
        if (!failing) {
            LOG.warn("the upkeep of the event log failed, and is tried again every second", failure);
        }
        failing = true;
    }

    /// Most of it beside the writer; the rest, which came meanwhile, while it waits: only a log that was moved
    /// wholly begins anew.
    private void moveWriteAheadLog(Connection connected) throws SQLException {
        if (unmoved.get() < MOVED_BYTES) {
            return;
        }
        LogFile.pragma(connected, "wal_checkpoint(PASSIVE)");
        fileLock.lock();
        try {
            if (isMovedWholly(connected)) {
                unmoved.set(0);
            }
        } finally {
            fileLock.unlock();
        }
    }

    private static boolean isMovedWholly(Connection connected) throws SQLException {
        try (Statement statement = connected.createStatement();
                ResultSet result = statement.executeQuery("PRAGMA wal_checkpoint(PASSIVE)")) {
            return result.next() && result.getLong("log") == result.getLong("checkpointed");
        }
    }

    private void dropWhatIsOver(Connection connected) throws SQLException {
        boolean more = true;
        while (more && !closed) {
            usedBytes = LogFile.usedBytes(connected);
            more = dropSome(connected, clock.instant().minus(retention).toEpochMilli(), usedBytes - retentionBytes);
            noteOldest(connected);
        }
    }

    private void noteOldest(Connection connected) throws SQLException {
        long end = tail.next(); // asked first: when there is no row, none before it is left
        try (Statement statement = connected.createStatement();
                ResultSet row = statement.executeQuery("SELECT first, since FROM batch ORDER BY first LIMIT 1")) {
            boolean any = row.next();
            first = any ? row.getLong(1) : end;
            oldest = any ? row.getLong(2) : 0;
        }
    }

    /// Drops a few of the oldest rows: those before this time, and as many as hold so many bytes too much.
    /// False when none had to go.
    private boolean dropSome(Connection connected, long before, long excess) throws SQLException {
        long last = -1;
        long bytes = 0;
        long events = 0;
        try (Statement statement = connected.createStatement();
                ResultSet rows = statement.executeQuery("SELECT first, count, since, until, LENGTH(octets) FROM batch"
                        + " ORDER BY first LIMIT " + STEP_ROWS)) {
            while (rows.next() && bytes < STEP_BYTES && (rows.getLong(4) < before || bytes < excess)) {
                last = rows.getLong(1);
                bytes += rows.getLong(5);
                events += rows.getLong(2);
            }
        }
        if (events > 0) {
            drop(connected, last);
            dropped.add(events);
        }
        return events > 0;
    }

    private void drop(Connection connected, long last) throws SQLException {
        fileLock.lock();
        try (PreparedStatement delete = connected.prepareStatement("DELETE FROM batch WHERE first <= ?")) {
            delete.setLong(1, last);
            delete.executeUpdate();
        } finally {
            fileLock.unlock();
        }
    }

    private void disconnect() {
        Connection broken = connection;
        connection = null;
        if (broken != null) {
            try {
                broken.close();
            } catch (SQLException e) {
                LOG.debug("the connection of the upkeep did not close", e);
            }
        }
    }
}
