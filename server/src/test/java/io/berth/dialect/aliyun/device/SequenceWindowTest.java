package io.berth.dialect.aliyun.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class SequenceWindowTest {
    @Test
    void takes_each_number_once_in_any_order() {
        SequenceWindow window = SequenceWindow.from(1);
        Random random = new Random(7);
        Set<Long> taken = new HashSet<>();
        long highest = 1;
        for (int i = 0; i < 100_000; i++) {
            long number = Math.max(0, highest - 1100 + random.nextInt(1110));
            highest = Math.max(highest, number);
            boolean fresh = number >= 1 && number > highest - 1024 && taken.add(number);

            assertThat(window.take(number))
                    .as("number %s of %s", number, highest)
                    .isEqualTo(fresh);
        }
    }

    @Test
    void forgets_what_a_great_leap_leaves_behind() {
        SequenceWindow window = SequenceWindow.from(1);
        window.take(5);

        assertThat(window.take(1L << 40)).isTrue();
        assertThat(window.take(1L << 40)).isFalse();
        assertThat(window.take((1L << 40) - 1023)).isTrue();
        assertThat(window.take((1L << 40) - 1024)).isFalse();
        assertThat(window.take(6)).isFalse();
    }

    @Test
    void goes_on_after_the_highest_that_is_remembered() {
        SequenceWindow window = SequenceWindow.after(500);

        assertThat(window.take(500)).isFalse();
        assertThat(window.take(499)).isFalse();
        assertThat(window.take(501)).isTrue();
        assertThat(window.take(501)).isFalse();
        assertThat(window.highest()).isEqualTo(501);
    }

    @Test
    void takes_nothing_when_nobody_remembers_what_came() {
        assertThat(SequenceWindow.forgotten().take(Long.MAX_VALUE - 1)).isFalse();
    }
}
