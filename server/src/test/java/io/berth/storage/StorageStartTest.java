package io.berth.storage;

import static io.berth.storage.Samples.NOW;
import static io.berth.storage.Samples.device;
import static io.berth.storage.Samples.id;
import static io.berth.storage.Samples.product;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.berth.core.ProblemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class StorageStartTest {
    @TempDir
    Path directory;

    @Test
    void a_second_start_finds_what_the_first_stored() {
        try (Storage storage = open(directory, null)) {
            storage.products().insert(product("pk"));
            storage.devices().insert(device("d"));
        }
        try (Storage storage = open(directory, null)) {
            assertThat(storage.devices().find(id("d"))).contains(device("d"));
        }
    }

    @Test
    void the_first_start_makes_a_key_only_its_owner_can_read() throws Exception {
        open(directory, null).close();

        Path key = directory.resolve("master.key");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
                .isEqualTo("rw-------");
        assertThat(Files.readString(key).strip()).matches("[0-9a-f]{64}");
    }

    @Test
    void a_key_of_the_environment_may_be_hex_or_base64_and_leaves_no_file() {
        open(directory, Samples.KEY).close();
        open(directory, Base64.getEncoder().encodeToString(HexFormat.of().parseHex(Samples.KEY)) + "\n")
                .close();

        assertThat(directory.resolve("master.key")).doesNotExist();
    }

    @ParameterizedTest
    @EnumSource
    void a_wrong_key_stops_the_start(TestEngine engine) {
        StorageConfig config = Samples.config(engine.emptyDatabase());
        Storage.open(config, directory, MasterKey.load(directory, Samples.KEY), () -> NOW)
                .close();
        MasterKey wrong = MasterKey.load(directory, "ff".repeat(32));

        assertStops("the master key is not the one", () -> Storage.open(config, directory, wrong, () -> NOW));
    }

    @Test
    void a_missing_key_beside_a_database_stops_the_start_and_is_not_replaced() throws Exception {
        open(directory, null).close();
        Files.delete(directory.resolve("master.key"));

        assertStops("master.key is missing", () -> open(directory, null));
        assertThat(directory.resolve("master.key")).doesNotExist();
    }

    @Test
    void a_key_that_is_none_is_refused_without_being_shown() {
        assertThatThrownBy(() -> MasterKey.load(directory, "half-a-key"))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("BERTH_MASTER_KEY")
                .hasMessageNotContaining("half-a-key");
    }

    @ParameterizedTest
    @EnumSource
    void a_schema_newer_than_this_build_stops_the_start(TestEngine engine) throws Exception {
        StorageConfig config = Samples.config(engine.emptyDatabase());
        MasterKey key = MasterKey.load(directory, Samples.KEY);
        Storage.open(config, directory, key, () -> NOW).close();
        String url = config.url().isEmpty() ? "jdbc:sqlite:" + directory.resolve("berth.db") : config.url();
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute("UPDATE flyway_schema_history SET version = '4711' WHERE version IS NOT NULL");
        }

        assertStops("schema 4711", () -> Storage.open(config, directory, key, () -> NOW));
    }

    @Test
    void the_newest_migration_is_the_one_this_build_expects() throws Exception {
        Path migrations = Path.of(getClass().getResource("/db/migration").toURI());
        try (Stream<Path> files = Files.list(migrations)) {
            List<Integer> versions = files.map(file -> file.getFileName().toString())
                    .map(name -> Integer.valueOf(name.substring(1, name.indexOf("__"))))
                    .sorted()
                    .toList();
            assertThat(versions.getLast()).isEqualTo(Schema.NEWEST);
        }
    }

    @Test
    void a_file_that_is_no_database_stops_the_start() throws Exception {
        Files.writeString(directory.resolve("berth.db"), "this is a letter and no database. ".repeat(100));

        assertStops("is damaged or no SQLite database", () -> open(directory, Samples.KEY));
    }

    @Test
    void a_database_with_a_torn_first_page_stops_the_start() throws Exception {
        open(directory, Samples.KEY).close();
        Path file = directory.resolve("berth.db");
        byte[] bytes = Files.readAllBytes(file);
        Arrays.fill(bytes, 100, 4096, (byte) 0x5a);
        Files.write(file, bytes);

        assertStops("is damaged or no SQLite database", () -> open(directory, Samples.KEY));
    }

    @Test
    void a_directory_in_place_of_the_database_stops_the_start() throws Exception {
        Files.createDirectory(directory.resolve("berth.db"));

        assertStops("cannot be opened", () -> open(directory, Samples.KEY));
    }

    @Test
    void a_file_in_place_of_the_data_directory_stops_the_start() throws Exception {
        Path file = Files.writeString(directory.resolve("file"), "x");

        assertStops("is no directory", () -> open(file, Samples.KEY));
        assertStops("can neither be read nor made", () -> MasterKey.load(file, null));
    }

    @Test
    void a_database_that_takes_no_writes_stops_the_start() {
        open(directory, Samples.KEY).close();
        StorageConfig readOnly = Samples.config("jdbc:sqlite:file:" + directory.resolve("berth.db") + "?mode=ro");

        assertStops(
                "cannot be written",
                () -> Storage.open(readOnly, directory, MasterKey.load(directory, Samples.KEY), () -> NOW));
    }

    @Test
    void a_postgresql_that_is_not_there_stops_the_start_without_showing_the_password() {
        StorageConfig config = new StorageConfig(
                "jdbc:postgresql://127.0.0.1:1/none?password=hidden",
                "user",
                "hidden",
                1,
                1,
                10,
                10,
                10,
                10,
                10,
                10,
                10,
                ThingStateConfig.DEFAULT);

        assertThatThrownBy(() -> Storage.open(config, directory, MasterKey.load(directory, Samples.KEY), () -> NOW))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("PostgreSQL at jdbc:postgresql://127.0.0.1:1/none cannot be used")
                .hasMessageNotContaining("hidden");
    }

    @Test
    void settings_out_of_bounds_are_refused() {
        assertThatThrownBy(() -> Samples.config("jdbc:mysql://x")).isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> new StorageConfig("", "", "", 0, 1, 1, 1, 1, 1, 1, 1, 1, ThingStateConfig.DEFAULT))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("storage.readers");
    }

    private static void assertStops(String sentence, ThrowingCallable start) {
        assertThatThrownBy(start).isInstanceOf(StorageException.class).hasMessageContaining(sentence);
    }

    private static Storage open(Path directory, @Nullable String key) {
        return Storage.open(StorageConfig.DEFAULT, directory, MasterKey.load(directory, key), () -> NOW);
    }
}
