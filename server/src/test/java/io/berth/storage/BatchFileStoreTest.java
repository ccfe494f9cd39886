package io.berth.storage;

import static io.berth.storage.Samples.NOW;
import static io.berth.testing.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.berth.core.Payload;
import io.berth.core.Problem;
import io.berth.core.batch.BatchFile;
import io.berth.core.batch.BatchFileStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource
final class BatchFileStoreTest {
    private static final BatchFile FIRST = new BatchFile("1", "设备.xlsx", "me", NOW);
    private static final BatchFile SECOND = new BatchFile("2", "b.csv", "you", NOW.plusMillis(7));

    private final TestEngine engine;

    @TempDir
    Path directory;

    private Storage storage;
    private BatchFileStore files;

    BatchFileStoreTest(TestEngine engine) {
        this.engine = engine;
    }

    @BeforeEach
    void open() {
        storage = engine.open(directory, () -> NOW);
        files = storage.batchFiles();
    }

    @AfterEach
    void close() {
        storage.close();
    }

    @Test
    void keeps_files_lists_the_newest_first_and_forgets_them() {
        files.insert(FIRST, Payload.of(new byte[] {0, 1, -1}), 10);
        files.insert(SECOND, Payload.EMPTY, 10);

        assertThat(files.list()).containsExactly(SECOND, FIRST);
        assertThat(files.content("1")).contains(Payload.of(new byte[] {0, 1, -1}));
        assertThat(files.content("2")).contains(Payload.EMPTY);

        files.delete("1");
        assertThat(files.list()).containsExactly(SECOND);
        assertThat(files.content("1")).isEmpty();
    }

    @Test
    void takes_no_more_than_there_may_be() {
        files.insert(FIRST, Payload.EMPTY, 1);

        assertRefused(Problem.LIMIT_REACHED, () -> files.insert(SECOND, Payload.EMPTY, 1));
    }

    @Test
    void secrets_in_them_do_not_stand_in_the_file_of_the_store() throws IOException {
        files.insert(FIRST, Payload.of("a-telling-secret"), 1);
        storage.close();

        try (var kept = Files.list(directory)) {
            for (Path file : kept.filter(Files::isRegularFile).toList()) {
                assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                        .doesNotContain("a-telling-secret");
            }
        }
        storage = engine.open(directory, () -> NOW);
    }
}
