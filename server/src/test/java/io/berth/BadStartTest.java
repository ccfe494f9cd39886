package io.berth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A server that cannot start ends with code 1 and one sentence that says why and what to do.
@Tag("slow")
final class BadStartTest {
    @TempDir
    Path data;

    @Test
    void a_second_server_on_the_same_directory_is_refused_and_the_first_goes_on() throws Exception {
        try (RunningBerth first = RunningBerth.on(data)) {
            assertThat(refusal(ServerProcess.launch(data))).contains("another server runs on " + data, "--data");

            assertThat(first.operator().does("node").path("version").stringValue())
                    .isNotEmpty();
            assertThat(data.resolve("token")).exists();
        }
    }

    @Test
    void a_port_in_use_is_named_with_its_listener_and_setting() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            String port = Integer.toString(taken.getLocalPort());
            for (String listener : new String[] {"mqtts", "amqp", "web"}) {
                String key = "listener." + listener + ".port";
                assertThat(refusal(ServerProcess.launch(data, "--set", key + "=" + port)))
                        .contains(port, key, "in use");
            }
        }
    }

    @Test
    void an_unknown_key_is_named_with_the_near_one_before_anything_is_made() throws Exception {
        Path directory = data.resolve("never-made");
        assertThat(refusal(ServerProcess.launch(directory, "--set", "mqtt.conect-timeout=5s")))
                .contains("unknown key mqtt.conect-timeout", "did you mean mqtt.connect-timeout?");
        assertThat(directory).doesNotExist();
    }

    @Test
    void a_value_out_of_bounds_is_named_with_its_bounds() throws Exception {
        assertThat(refusal(ServerProcess.launch(data, "--set", "mqtt.connect-timeout=1h")))
                .contains("mqtt.connect-timeout is between 1 and 600 seconds");
    }

    @Test
    void wrong_usage_ends_with_code_2() throws Exception {
        try (ServerProcess server = ServerProcess.launch(data, "--ephemral")) {
            assertThat(server.exitCode()).isEqualTo(2);
            assertThat(server.output()).contains("unknown argument --ephemral", "usage: berth up");
        }
    }

    @Test
    void another_master_key_than_the_databases_is_refused() throws Exception {
        startsAndEnds();
        assertThat(refusal(ServerProcess.launch(data, Map.of("BERTH_MASTER_KEY", "ab".repeat(32)))))
                .contains("the master key is not the one this database was made with", "BERTH_MASTER_KEY")
                .doesNotContain("abab");
    }

    @Test
    void a_corrupt_database_is_refused_and_left_as_it_is() throws Exception {
        startsAndEnds();
        Path database = data.resolve("berth.db");
        byte[] garbage =
                "no database at all, just text\n".repeat(500).getBytes(java.nio.charset.StandardCharsets.UTF_8);
        Files.write(database, garbage);
        Files.deleteIfExists(data.resolve("berth.db-wal"));

        assertThat(refusal(ServerProcess.launch(data))).contains(database.toString(), "damaged", "backup");
        assertThat(database).hasBinaryContent(garbage);
    }

    @Test
    void a_file_in_place_of_the_directory_is_refused() throws Exception {
        Path file = Files.writeString(data.resolve("data"), "");
        assertThat(refusal(ServerProcess.launch(file))).contains(file + " is a file", "--data");
    }

    @Test
    void a_directory_that_cannot_be_written_is_refused() throws Exception {
        // root may write anywhere, but not into a directory without inodes to give
        Path directory = isRoot() ? Path.of("/proc/self/data") : Files.createDirectory(data.resolve("closed"));
        if (!isRoot()) {
            assumeTrue(directory.toFile().setWritable(false));
        }
        assertThat(refusal(ServerProcess.launch(directory)))
                .contains("the data directory " + directory + " cannot be written", "--data");
    }

    private void startsAndEnds() {
        RunningBerth.on(data).close();
    }

    private static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    /// What a server said that ended with code 1: one line, no stack trace.
    private static String refusal(ServerProcess process) throws IOException, InterruptedException {
        try (ServerProcess server = process) {
            assertThat(server.exitCode()).as(server.output()).isEqualTo(1);
            assertThat(server.output().lines().filter(line -> line.startsWith("berth: ")))
                    .hasSize(1);
            assertThat(server.output()).doesNotContain("\tat ");
            return server.output();
        }
    }
}
