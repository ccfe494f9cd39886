package io.berth.stream.sqlite;

import io.berth.core.alarm.AlarmBell;
import io.berth.stream.DurableLog;
import io.berth.stream.DurableLogContract;
import io.berth.testing.TestClock;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/// Once as it runs, once with nothing in memory: what is read then comes from the file.
@ParameterizedClass
@ValueSource(longs = {8 << 20, 0})
final class SqliteLogTest extends DurableLogContract {
    private final StreamConfig config;
    private final TestClock clock = new TestClock();

    @TempDir
    Path directory;

    SqliteLogTest(long tailBytes) {
        StreamConfig standard = StreamConfig.DEFAULT;
        this.config = new StreamConfig(
                standard.commitEvery(),
                standard.waitingBytes(),
                tailBytes,
                standard.readers(),
                standard.retention(),
                standard.retentionBytes());
    }

    @Override
    protected DurableLog open() {
        return SqliteLog.open(directory, config, AlarmBell.SILENT, clock);
    }

    @Override
    protected AutoCloseable stall() throws Exception {
        Connection other = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve(LogFile.NAME));
        try (Statement statement = other.createStatement()) {
            statement.execute("PRAGMA busy_timeout = 30000");
            statement.execute("BEGIN IMMEDIATE");
        }
        return other;
    }
}
