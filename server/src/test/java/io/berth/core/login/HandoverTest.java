package io.berth.core.login;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.core.login.Handover.Note;
import io.berth.testing.MemoryHandover;
import io.berth.testing.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class HandoverTest {
    private final TestClock clock = new TestClock();
    private final MemoryHandover store = new MemoryHandover();
    private final Instant soon = clock.instant().plusSeconds(60);

    @Test
    void passes_on_what_there_is_when_the_run_stops() {
        Map<String, Note> numbers = new HashMap<>();
        try (Handover run = new Handover(store, clock)) {
            run.leave("numbers", () -> numbers);
            numbers.put("a", new Note(7, soon));
        }

        assertThat(new Handover(store, clock).take("numbers")).containsOnly(Map.entry("a", new Note(7, soon)));
    }

    @Test
    void a_run_that_was_killed_leaves_nothing() {
        store.leave("numbers", Map.of("a", new Note(7, soon)));
        new Handover(store, clock).take("numbers");

        assertThat(new Handover(store, clock).take("numbers")).isEmpty();
    }

    @Test
    void what_nobody_will_ask_for_is_left_behind() {
        store.leave("numbers", Map.of("a", new Note(7, soon)));
        clock.advance(Duration.ofSeconds(60));

        assertThat(new Handover(store, clock).take("numbers")).isEmpty();
    }
}
