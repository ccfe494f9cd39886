package io.berth.core.caller;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class MarksTest {
    private final Marks marks = new Marks();

    @Test
    void holds_what_a_set_of_the_library_holds() {
        Random random = new Random(7);
        Set<Long> wanted = new HashSet<>();
        for (int i = 0; i < 100_000; i++) {
            // many meet at the same place
            long mark = random.nextLong() & 0xffff_0000_0003_ffffL;
            marks.add(mark);
            wanted.add(mark);
        }
        assertThat(marks.size()).isEqualTo(wanted.size());
        assertThat(wanted).allMatch(marks::contains);
        for (int i = 0; i < 100_000; i++) {
            long mark = random.nextLong();
            assertThat(marks.contains(mark)).isEqualTo(wanted.contains(mark));
        }
    }

    @Test
    void a_digest_of_zeros_is_one_like_any() {
        assertThat(marks.contains(0)).isFalse();
        marks.add(0);
        marks.add(0);
        assertThat(marks.contains(0)).isTrue();
        assertThat(marks.size()).isOne();
    }
}
