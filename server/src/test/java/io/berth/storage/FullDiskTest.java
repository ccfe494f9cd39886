package io.berth.storage;

import static io.berth.storage.Samples.await;
import static io.berth.testing.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.berth.core.Problem;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A bound on the pages of the file stands for the end of the disk: SQLite answers both with SQLITE_FULL.
final class FullDiskTest {
    private static final String LARGE = "x".repeat(1_000_000);

    @TempDir
    Path directory;

    @Test
    void a_full_disk_refuses_writes_keeps_what_is_stored_and_recovers_with_space() {
        try (Database database =
                new Database(SqliteEngine.open("jdbc:sqlite:" + directory.resolve("test.db"), 1), 100)) {
            database.change("", sql -> sql.update("CREATE TABLE t (id BIGINT PRIMARY KEY, note TEXT)"));
            database.change("", sql -> sql.update("INSERT INTO t (id, note) VALUES (1, 'kept')"));
            database.write("", sql -> sql.list("PRAGMA max_page_count = 20", Row::number));

            CompletableFuture<Integer> tooMuch = insert(database, 2);

            assertRefused(Problem.STORAGE_UNAVAILABLE, () -> await(tooMuch));
            List<Long> stored = database.read(sql -> sql.list("SELECT id FROM t", Row::number));
            assertThat(stored).containsExactly(1L);
            // the connection that failed is gone, and the bound with it
            assertThatCode(() -> await(insert(database, 3))).doesNotThrowAnyException();
        }
    }

    private static CompletableFuture<Integer> insert(Database database, int id) {
        return database.submit("", sql -> sql.update("INSERT INTO t (id, note) VALUES (?, ?)", id, LARGE));
    }
}
