package io.berth.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.core.caller.Nonces;
import io.berth.core.caller.Nonces.Verdict;
import io.berth.testing.TestClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class NonceFilesTest {
    @TempDir
    Path directory;

    private final TestClock clock = new TestClock();

    /// As a process that was killed leaves it: nothing is closed.
    private Nonces started() {
        return new Nonces(new NonceFiles(directory), 100, clock);
    }

    @Test
    void a_start_knows_what_was_used_before() {
        started().use("ak", "one");
        clock.advance(Duration.ofMinutes(14));
        started().use("ak", "two");
        Nonces later = started();

        assertThat(Stream.of("one", "two", "three").map(nonce -> later.use("ak", nonce)))
                .containsExactly(Verdict.USED, Verdict.USED, Verdict.NEW);
        assertThat(later.use("other", "one")).isEqualTo(Verdict.NEW);
    }

    @Test
    void what_is_over_leaves_the_directory() throws IOException {
        started().use("ak", "one");
        clock.advance(Duration.ofMinutes(36));
        Nonces later = started();

        assertThat(later.use("ak", "one")).isEqualTo(Verdict.NEW);
        assertThat(files()).hasSize(1);
    }

    @Test
    void half_a_mark_at_the_end_is_written_over() throws IOException {
        started().use("ak", "one");
        Files.write(files().getFirst(), new byte[] {1, 2, 3}, StandardOpenOption.APPEND);
        started().use("ak", "two");

        assertThat(started().use("ak", "two")).isEqualTo(Verdict.USED);
        assertThat(started().use("ak", "one")).isEqualTo(Verdict.USED);
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.toList();
        }
    }
}
