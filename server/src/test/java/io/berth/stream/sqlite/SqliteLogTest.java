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

final class SqliteLogTest extends DurableLogContract {
    @TempDir
    Path directory;

    private final TestClock clock = new TestClock();

    @Override
    protected DurableLog open() {
        return SqliteLog.open(directory, StreamConfig.DEFAULT, AlarmBell.SILENT, clock);
    }

    @Override
    protected AutoCloseable stall() throws Exception {
        Connection other = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve(LogFile.NAME));
        try (Statement statement = other.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");
        }
        return other;
    }
}
