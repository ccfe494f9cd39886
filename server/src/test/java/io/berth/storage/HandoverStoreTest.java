package io.berth.storage;

import static io.berth.storage.Samples.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.berth.core.login.Handover.Note;
import io.berth.core.login.HandoverStore;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource
final class HandoverStoreTest {
    private static final Note ONE = new Note(1, NOW);
    private static final Note TWO = new Note(1L << 60, NOW.plusSeconds(1));

    private final TestEngine engine;

    @TempDir
    Path directory;

    private Storage storage;
    private HandoverStore handover;

    HandoverStoreTest(TestEngine engine) {
        this.engine = engine;
    }

    @BeforeEach
    void open() {
        storage = engine.open(directory, () -> NOW);
        handover = storage.handover();
    }

    @AfterEach
    void close() {
        storage.close();
    }

    @Test
    void what_was_left_is_taken_once() {
        handover.leave("numbers", Map.of("a", ONE, "b", TWO));
        handover.leave("others", Map.of("a", TWO));

        assertThat(handover.take("numbers")).containsOnly(Map.entry("a", ONE), Map.entry("b", TWO));
        assertThat(handover.take("numbers")).isEmpty();
        assertThat(handover.take("others")).containsOnly(Map.entry("a", TWO));
    }

    @Test
    void what_is_left_again_replaces_what_was() {
        handover.leave("numbers", Map.of("a", ONE, "b", ONE));
        handover.leave("numbers", Map.of("a", TWO));
        handover.leave("numbers", Map.of());

        assertThat(handover.take("numbers")).containsOnly(Map.entry("a", TWO), Map.entry("b", ONE));
    }
}
