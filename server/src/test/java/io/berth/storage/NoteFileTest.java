package io.berth.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.berth.core.login.Notes.Note;
import io.berth.testing.TestClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init") // opened before each test
final class NoteFileTest {
    @TempDir
    Path directory;

    private final TestClock clock = new TestClock();
    private final Instant soon = clock.instant().plusSeconds(60);
    private NoteFile notes;

    @BeforeEach
    void open() {
        notes = open(4);
    }

    private NoteFile open(int most) {
        return new NoteFile(directory.resolve("notes"), most, clock);
    }

    @AfterEach
    void close() {
        notes.close();
    }

    /// What a run finds that follows one which was killed: nothing was closed.
    private NoteFile afterAKill(int most) {
        notes = open(most);
        return notes;
    }

    private long value(String name) {
        return Objects.requireNonNull(notes.find(name)).value();
    }

    @Test
    void the_next_run_finds_what_was_noted_last_however_this_one_ended() {
        Note a = notes.keep("a", 0, soon);
        notes.keep("b", 7, soon);
        a.set(1);
        a.set(1L << 62);

        afterAKill(4);

        assertThat(value("a")).isEqualTo(1L << 62);
        assertThat(value("b")).isEqualTo(7);
        assertThat(notes.find("c")).isNull();
    }

    @Test
    void a_note_found_again_goes_on() {
        notes.keep("a", 1, soon);
        afterAKill(4);
        Objects.requireNonNull(notes.find("a")).set(2);

        afterAKill(4);

        assertThat(value("a")).isEqualTo(2);
    }

    @Test
    void a_name_has_one_note_the_last() {
        Note before = notes.keep("a", 1, soon);
        notes.keep("a", 2, soon);
        before.set(9);

        assertThat(value("a")).isEqualTo(2);
        afterAKill(4);
        assertThat(value("a")).isEqualTo(2);
    }

    @Test
    void what_nobody_will_ask_for_is_not_found() {
        notes.keep("a", 1, soon);
        notes.keep("b", 2, soon.plusSeconds(1));
        clock.advance(Duration.ofSeconds(60));

        assertThat(notes.find("a")).isNull();
        afterAKill(4);
        assertThat(notes.find("a")).isNull();
        assertThat(value("b")).isEqualTo(2);
    }

    @Test
    void the_oldest_gives_way_and_what_it_says_afterwards_harms_nobody() {
        Note oldest = notes.keep("n0", 0, soon);
        IntStream.range(1, 5).forEach(i -> notes.keep("n" + i, i, soon.plusSeconds(i)));
        oldest.set(99);

        afterAKill(4);
        assertThat(notes.find("n0")).isNull();
        assertThat(IntStream.range(1, 5).mapToObj(i -> value("n" + i))).containsExactly(1L, 2L, 3L, 4L);

        notes.keep("n5", 5, soon.plusSeconds(5));
        assertThat(notes.find("n1")).as("would end first").isNull();
        assertThat(value("n5")).isEqualTo(5);
    }

    @Test
    void free_records_are_used_first() {
        notes.keep("a", 1, soon);
        notes.keep("b", 2, soon.plusSeconds(60));
        clock.advance(Duration.ofSeconds(60));
        afterAKill(2);

        notes.keep("c", 3, soon.plusSeconds(60));

        assertThat(value("b")).isEqualTo(2);
        assertThat(value("c")).isEqualTo(3);
    }

    @Test
    void fewer_may_be_kept_from_now_on() {
        IntStream.range(0, 4).forEach(i -> notes.keep("n" + i, i, soon));

        afterAKill(2);

        assertThat(value("n1")).isEqualTo(1);
        assertThat(notes.find("n3")).isNull();
        assertThat(directory.resolve("notes")).hasSize(64);
    }

    @Test
    void a_record_that_was_cut_off_is_no_note() throws Exception {
        notes.keep("a", 1, soon);
        Files.write(directory.resolve("notes"), new byte[20], StandardOpenOption.APPEND);

        afterAKill(4);
        notes.keep("b", 2, soon);
        afterAKill(4);

        assertThat(value("a")).isEqualTo(1);
        assertThat(value("b")).isEqualTo(2);
    }

    @Test
    void a_file_that_cannot_be_used_stops_the_start() throws Exception {
        Files.createDirectory(directory.resolve("taken"));

        assertThatThrownBy(() -> new NoteFile(directory.resolve("taken"), 4, clock))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("taken");
    }
}
