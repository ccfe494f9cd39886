package io.berth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A data directory on a disk of its own that is full. Needs the right to mount; elsewhere it is left out, and
/// `io.berth.storage.FullDiskTest` has the store's part.
@Tag("slow")
final class FullDataDirectoryTest {
    private static final String SECRET = "a0b1c2d3e4f5061728394a5b6c7d8e9f";
    private static final int LARGE = 16 * 1024;

    @TempDir
    Path disk;

    @BeforeEach
    void mountASmallDisk() throws Exception {
        assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", disk.toString()) == 0, "mounting is not allowed");
    }

    @AfterEach
    void unmount() throws Exception {
        run("umount", disk.toString());
    }

    @Test
    void a_disk_that_fills_up_refuses_what_it_cannot_keep_and_loses_nothing_it_confirmed() throws Exception {
        Path data = disk.resolve("data");
        List<String> confirmed = new ArrayList<>();
        try (ServerProcess server = ServerProcess.launch(data).awaitReady()) {
            Operator operator = server.operator();
            operator.does("product", "create", "Valve", "--key", "valve");
            operator.does("topic", "add", "valve", "user/update", "--allow", "pub");
            create(operator, "d", confirmed);
            try (TestDevice device = TestDevice.alibaba(server.port("mqtt"), "valve", "d", SECRET)
                            .connects();
                    Tail app = Tail.open(data, "product=valve&kind=message")) {
                fill(disk.resolve("ballast"));
                String reason = createUntilRefused(operator, confirmed);
                assertThat(reason).contains("the store failed");

                device.publishes("/valve/d/user/update", "still here");
                assertThat(app.event().path("payload").stringValue()).isEqualTo("still here");

                Files.delete(disk.resolve("ballast"));
                create(operator, "after", confirmed);
            }
            server.kill();
        }
        try (ServerProcess server = ServerProcess.launch(data).awaitReady()) {
            for (String name : confirmed) {
                assertThat(server.operator()
                                .does("device", "show", "valve", name)
                                .path("secret")
                                .stringValue())
                        .isEqualTo(SECRET);
            }
        }
    }

    @Test
    void a_first_start_on_a_full_disk_is_refused() throws Exception {
        fill(disk.resolve("ballast"));
        try (ServerProcess server = ServerProcess.launch(disk.resolve("data"))) {
            assertThat(server.exitCode()).isEqualTo(1);
            assertThat(server.output())
                    .containsPattern("berth: .*(full|No space left|cannot be written)")
                    .doesNotContain("\tat ");
        }
    }

    private static void create(Operator operator, String name, List<String> confirmed) {
        operator.does("device", "create", "valve", name, "--secret", SECRET);
        confirmed.add(name);
    }

    private static String createUntilRefused(Operator operator, List<String> confirmed) {
        for (int i = 0; i < 2_000; i++) {
            String name = "d" + i + "-" + "x".repeat(50);
            Operator.Answer answer = operator.types("device", "create", "valve", name, "--secret", SECRET);
            if (answer.code() != 0) {
                return answer.err();
            }
            confirmed.add(name);
        }
        throw new AssertionError("the disk does not fill up");
    }

    private static void fill(Path ballast) throws IOException {
        try (OutputStream out = Files.newOutputStream(ballast)) {
            while (true) {
                out.write(new byte[LARGE]);
            }
        } catch (IOException full) {
            assertThat(full).hasMessageContaining("No space left");
        }
    }

    private static int run(String... command) throws IOException, InterruptedException {
        try {
            return new ProcessBuilder(command).start().waitFor();
        } catch (IOException e) {
            return 1; // no such program here
        }
    }
}
