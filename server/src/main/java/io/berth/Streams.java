package io.berth;

import io.berth.core.alarm.AlarmBell;
import io.berth.core.message.EventLog;
import io.berth.core.subscription.CursorStore;
import io.berth.stream.EventStreams;
import io.berth.stream.Interest;
import io.berth.stream.LiveFeed;
import io.berth.stream.group.Groups;
import io.berth.stream.sqlite.SqliteLog;
import java.nio.file.Path;
import java.time.InstantSource;

/// Where events go: to those who watch, and into the log for those who read.
final class Streams implements AutoCloseable {
    final Groups readers;
    final EventLog events;
    private final SqliteLog log;

    Streams(Path directory, LiveFeed feed, CursorStore cursors, Config config, InstantSource clock) {
        this.log = SqliteLog.open(directory, config.stream(), AlarmBell.SILENT, clock);
        Interest interest = new Interest();
        this.readers = new Groups(log, interest, cursors, config.consumerGroups(), clock);
        this.events = new EventStreams(feed, log, interest);
    }

    /// Ends the readers, then finishes what waits for the log.
    @Override
    public void close() {
        readers.close();
        log.close();
    }
}
