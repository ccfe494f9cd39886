package io.berth.stream.sqlite;

import io.berth.core.Completion;
import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.alarm.AlarmBell;
import io.berth.core.message.Event;
import io.berth.stream.Appended;
import io.berth.stream.DurableLog;
import io.berth.stream.Tail;
import io.berth.stream.sqlite.LogStart.Found;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import org.sqlite.JDBC;

/// The event log of one machine, in the file `events.db`. Any thread.
public final class SqliteLog implements DurableLog {
    static final int PARTITION = 0;

    private final Waiting waiting;
    private final Tail tail;
    private final Past past;
    private final Upkeep upkeep;
    private final LogWriter writer;
    private final InstantSource clock;

    private SqliteLog(LogFile file, StreamConfig config, AlarmBell bell, InstantSource clock) throws SQLException {
        Damage damage = new Damage(file, bell);
        Found found = new LogStart(file, damage, clock).run();
        this.clock = clock;
        this.waiting = new Waiting(config.waitingBytes(), config.commitEvery());
        this.tail = new Tail(config.tailBytes(), found.next());
        this.past = new Past(new Readers(file, config.readers()), damage);
        this.upkeep = new Upkeep(file, tail, config, clock, found.first());
        this.writer = new LogWriter(file, waiting, tail, upkeep, bell);
        writer.start(found.until());
        upkeep.start();
    }

    /// Opens the log in this directory, or begins one. STORAGE_UNAVAILABLE, with what to do, when the file
    /// cannot be used.
    public static SqliteLog open(Path directory, StreamConfig config, AlarmBell bell, InstantSource clock) {
        return open(new LogFile(directory, JDBC::createConnection), config, bell, clock);
    }

    static SqliteLog open(LogFile file, StreamConfig config, AlarmBell bell, InstantSource clock) {
        try {
            return new SqliteLog(file, config, bell, clock);
        } catch (SQLException e) {
            throw file.unusable(e);
        }
    }

    @Override
    public int partitions() {
        return 1;
    }

    @Override
    public void append(Event event, Completion completion) {
        ProblemException failure = writer.failure();
        if (failure != null) {
            completion.done(failure);
            return;
        }
        switch (waiting.offer(Appended.of(event, completion))) {
            case TAKEN -> {}
            case FULL ->
                completion.done(
                        new ProblemException(Problem.OVERLOADED, "too many events wait for the event log already"));
            case CLOSED ->
                completion.done(new ProblemException(Problem.STORAGE_UNAVAILABLE, "the event log is closed"));
        }
    }

    @Override
    public Span span(int partition) {
        Objects.checkIndex(partition, 1);
        return new Span(upkeep.first(), tail.next());
    }

    @Override
    public List<Entry> read(int partition, long from) {
        Objects.checkIndex(partition, 1);
        return tail.read(from).orElseGet(() -> past.read(from, tail.next()));
    }

    @Override
    public long offsetAt(int partition, Instant time) {
        Objects.checkIndex(partition, 1);
        return past.offsetAt(time, tail.next());
    }

    @Override
    public void follow(Listener listener) {
        writer.follow(listener);
    }

    @Override
    public Counts counts() {
        Figures figures = writer.figures();
        return new Counts(figures.events.sum(), waiting.bytes(), figures.failures.sum(), writer.failure() == null);
    }

    /// Octets of them in the file.
    public long appendedBytes() {
        return writer.figures().octets.sum();
    }

    public long commits() {
        return writer.figures().commits.sum();
    }

    /// How long commits took since the start, all together.
    public Duration commitTime() {
        return Duration.ofNanos(writer.figures().commitNanos.sum());
    }

    /// Octets of the file that hold events; what was dropped is free for new ones.
    public long usedBytes() {
        return upkeep.usedBytes();
    }

    /// Events that retention dropped since the start.
    public long dropped() {
        return upkeep.dropped();
    }

    /// How old the oldest event is, zero when there is none.
    public Duration oldest() {
        long oldest = upkeep.oldest();
        return oldest == 0 ? Duration.ZERO : Duration.ofMillis(clock.millis() - oldest);
    }

    @Override
    public void close() {
        writer.close();
        upkeep.close();
        past.close();
    }
}
