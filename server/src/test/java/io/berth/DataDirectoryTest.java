package io.berth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DataDirectoryTest {
    @TempDir
    Path folder;

    @Test
    void a_second_server_on_the_same_directory_is_refused() {
        try (DataDirectory first = DataDirectory.open(folder, false)) {
            assertThat(first.state()).isEqualTo(folder);
            assertThatThrownBy(() -> DataDirectory.open(folder, true))
                    .isInstanceOf(StartException.class)
                    .hasMessageContaining("another server runs on " + folder);
        }
        DataDirectory.open(folder, false).close();
    }

    @Test
    void ephemeral_state_lives_elsewhere_and_is_removed() throws IOException {
        Path state;
        try (DataDirectory data = DataDirectory.open(folder, true)) {
            state = data.state();
            Files.createDirectories(state.resolve("deep/er"));
            Files.writeString(state.resolve("deep/er/file"), "x");
            assertThat(state).isNotEqualTo(folder);
        }
        assertThat(state).doesNotExist();
        assertThat(folder).exists();
    }

    @Test
    void a_published_file_is_the_owners_alone_and_can_be_withdrawn() throws IOException {
        try (DataDirectory data = DataDirectory.open(folder, false)) {
            Path file = data.publish("runtime.json", "{}".getBytes(java.nio.charset.StandardCharsets.UTF_8));
            assertThat(rights(file)).isEqualTo("rw-------");
            data.publish("runtime.json", "{1}".getBytes(java.nio.charset.StandardCharsets.UTF_8));
            assertThat(file).hasContent("{1}");
            data.withdraw("runtime.json");
            assertThat(file).doesNotExist();
        }
    }

    @Test
    void a_directory_that_it_makes_is_the_owners_alone_and_one_that_is_there_stays_as_it_is() throws IOException {
        Path made = folder.resolve("deep/data");
        DataDirectory.open(made, false).close();
        assertThat(rights(made)).isEqualTo("rwx------");

        Path given = Files.createDirectory(
                folder.resolve("given"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-x---")));
        DataDirectory.open(given, false).close();
        assertThat(rights(given)).isEqualTo("rwxr-x---");
    }

    private static String rights(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    @Test
    void a_file_in_its_place_is_named_with_the_remedy() throws IOException {
        Path file = Files.writeString(folder.resolve("data"), "not a directory");

        assertThatThrownBy(() -> DataDirectory.open(file, false))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("is a file")
                .hasMessageContaining("--data");
    }
}
