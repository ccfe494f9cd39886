package io.berth.stream.sqlite;

import static io.berth.testing.SampleEvents.text;

import io.berth.core.alarm.Alarm;
import io.berth.core.alarm.AlarmBell;
import io.berth.core.message.Event;
import io.berth.stream.DurableLog.Entry;
import io.berth.testing.TestClock;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import org.sqlite.JDBC;

/// A log in a directory, whose alarms and whose disk a test holds in its hands.
final class LogBed implements AlarmBell, AutoCloseable {
    static final StreamConfig CONFIG =
            new StreamConfig(Duration.ofMillis(1), 16 << 20, 1 << 20, 2, Duration.ofDays(1), 1L << 30);

    final TestClock clock = new TestClock();

    /// The texts of alarms that last, by source.
    final Map<String, String> alarms = new ConcurrentHashMap<>();

    private final Path directory;
    private final StreamConfig config;
    private final List<Connection> connections = new CopyOnWriteArrayList<>();
    private long maxPages = Integer.MAX_VALUE;
    SqliteLog log;

    LogBed(Path directory, StreamConfig config) {
        this.directory = directory;
        this.config = config;
        this.log = open();
    }

    private SqliteLog open() {
        return SqliteLog.open(new LogFile(directory, this::connect), config, this, clock);
    }

    void reopen() {
        log.close();
        log = open();
    }

    CompletableFuture<Void> append(Event event) {
        CompletableFuture<Void> durable = new CompletableFuture<>();
        log.append(event, failure -> {
            if (failure == null) {
                durable.complete(null);
            } else {
                durable.completeExceptionally(failure);
            }
        });
        return durable;
    }

    List<Entry> all(long from) {
        List<Entry> entries = new ArrayList<>();
        long next = from;
        for (List<Entry> more = log.read(0, next); !more.isEmpty(); more = log.read(0, next)) {
            entries.addAll(more);
            next = more.getLast().offset() + 1;
        }
        return entries;
    }

    List<String> texts() {
        return all(log.span(0).first()).stream()
                .map(entry -> text(entry.event()))
                .toList();
    }

    /// A bound on the pages of the file stands for the end of the disk: SQLite answers both with SQLITE_FULL.
    void fillDisk() throws SQLException {
        bound(1);
    }

    void emptyDisk() throws SQLException {
        bound(Integer.MAX_VALUE);
    }

    /// Not while a connection opens: it would miss the bound.
    private synchronized void bound(long pages) throws SQLException {
        maxPages = pages;
        for (Connection connection : connections) {
            bound(connection, pages);
        }
    }

    /// The log may be closing the connection at this moment.
    private static void bound(Connection connection, long pages) throws SQLException {
        SQLException last = null;
        for (int i = 0; i < 1_000 && !connection.isClosed(); i++) {
            try {
                LogFile.pragma(connection, "max_page_count = " + pages);
                return;
            } catch (SQLException e) {
                last = e;
                LockSupport.parkNanos(1_000_000);
            }
        }
        if (last != null && !connection.isClosed()) {
            throw last;
        }
    }

    void change(String sql) throws SQLException {
        try (Connection connection =
                        JDBC.createConnection(JDBC.PREFIX + directory.resolve(LogFile.NAME), new Properties());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private synchronized Connection connect(String url, Properties settings) throws SQLException {
        Connection connection = JDBC.createConnection(url, settings);
        LogFile.pragma(connection, "max_page_count = " + maxPages);
        connections.add(connection);
        return connection;
    }

    @Override
    public void raise(String source, Alarm.Severity severity, String text) {
        alarms.put(source, text);
    }

    @Override
    public void clear(String source) {
        alarms.remove(source);
    }

    @Override
    public void close() {
        log.close();
    }
}
