package io.berth.storage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;

/// The embedded database as the migrations leave it, made once and copied: the migrations take longer than most tests.
/// Those that test the migrations do without.
public final class EmptyDatabase {
    private static final byte[] CONTENT = made();

    private EmptyDatabase() {}

    /// Puts it where a server with this data directory looks for it, unless there is one. The directory must have its
    /// master key already.
    public static void lay(Path dataDirectory) {
        Path file = dataDirectory.resolve(SqliteEngine.FILE);
        try {
            if (!Files.exists(file)) {
                Files.write(file, CONTENT);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] made() {
        try {
            Path directory = Files.createTempDirectory("berth-empty-database");
            try (Engine engine = Engine.open(StorageConfig.DEFAULT, directory)) {
                Schema.bringUpToDate(engine);
            }
            Path file = directory.resolve(SqliteEngine.FILE);
            byte[] content = Files.readAllBytes(file);
            Files.delete(file);
            Files.delete(directory);
            return content;
        } catch (IOException | SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
