package io.berth.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.testing.TestClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SerialsTest {
    private final TestClock clock = new TestClock();
    private final Serials serials = new Serials(clock);

    @Test
    void a_serial_has_24_hex_digits_of_which_twelve_are_the_millisecond() {
        assertThat(serials.next()).matches("[0-9a-f]{24}").startsWith(String.format("%012x", clock.millis()));
    }

    @Test
    void serials_grow_within_a_millisecond_with_time_and_when_the_clock_is_set_back() {
        List<String> given = new ArrayList<>();
        for (int i = 0; i < 70_000; i++) {
            given.add(serials.next());
        }
        clock.advance(Duration.ofSeconds(5));
        given.add(serials.next());
        clock.advance(Duration.ofMinutes(-1));
        given.add(serials.next());

        assertThat(given).isSorted().doesNotHaveDuplicates();
    }
}
