package io.berth.stream.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.JDBC;

final class LogFileTest {
    private static final long FULL = 2;

    @TempDir
    Path directory;

    /// SQLite ignores a setting that comes too late without a word.
    @Test
    void the_settings_that_the_promise_and_the_speed_rest_on_are_in_force() throws Exception {
        LogFile file = new LogFile(directory, JDBC::createConnection);
        for (int time = 0; time < 2; time++) {
            try (Connection connection = file.connect()) {
                file.createTables(connection);
                assertThat(LogFile.pragma(connection, "synchronous")).isEqualTo(FULL);
                assertThat(LogFile.pragma(connection, "page_size")).isEqualTo(LogFile.PAGE_BYTES);
                assertThat(LogFile.pragma(connection, "wal_autocheckpoint")).isZero();
                assertThat(directory.resolve(LogFile.NAME + "-wal")).exists();
            }
        }
    }
}
