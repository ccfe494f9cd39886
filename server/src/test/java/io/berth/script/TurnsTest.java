package io.berth.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class TurnsTest {
    private final Turns<String> turns = new Turns<>(1, 6, 4);

    @Test
    void a_busy_key_costs_the_others_one_turn_each() throws InterruptedException {
        for (int i = 1; i <= 4; i++) {
            turns.offer("busy", "busy" + i);
        }
        turns.offer("quiet", "quiet1");

        assertThat(takeAll()).containsExactly("busy1", "quiet1", "busy2", "busy3", "busy4");
    }

    @Test
    void a_taker_leaves_the_others_their_share() throws InterruptedException {
        Turns<String> shared = new Turns<>(2, 6, 6);
        for (int i = 1; i <= 5; i++) {
            shared.offer("a", "a" + i);
        }

        assertThat(shared.take(Duration.ZERO, 10)).containsExactly("a1", "a2", "a3");
        assertThat(shared.take(Duration.ZERO, 10)).containsExactly("a4");
        assertThat(shared.take(Duration.ZERO, 10)).containsExactly("a5");
    }

    @Test
    void refuses_what_one_key_may_not_have_waiting() {
        for (int i = 0; i < 4; i++) {
            assertThat(turns.offer("a", "a")).isTrue();
        }

        assertThat(turns.offer("a", "a")).isFalse();
        assertThat(turns.offer("b", "b")).isTrue();
    }

    @Test
    void refuses_what_may_not_wait_in_all() {
        for (int i = 0; i < 6; i++) {
            assertThat(turns.offer("key" + i, "x")).isTrue();
        }

        assertThat(turns.offer("another", "x")).isFalse();
        assertThat(turns.size()).isEqualTo(6);
    }

    @Test
    void who_waits_is_given_what_comes() {
        CompletableFuture<String> taken = CompletableFuture.supplyAsync(() -> take(Duration.ofSeconds(30)));

        turns.offer("a", "late");

        assertThat(taken.join()).isEqualTo("late");
    }

    @Test
    void nothing_comes_and_the_wait_ends() {
        assertThat(take(Duration.ofMillis(1))).isEqualTo("nothing");
    }

    @Test
    void a_closed_queue_gives_back_what_waited_and_takes_no_more() {
        turns.offer("a", "1");
        turns.offer("b", "2");

        assertThat(turns.close()).containsExactly("1", "2");
        assertThat(turns.offer("a", "3")).isFalse();
    }

    private List<String> takeAll() throws InterruptedException {
        List<String> taken = new ArrayList<>();
        while (turns.size() > 0) {
            taken.addAll(turns.take(Duration.ZERO, 1));
        }
        return taken;
    }

    private String take(Duration patience) {
        try {
            List<String> taken = turns.take(patience, 1);
            return taken.isEmpty() ? "nothing" : taken.getFirst();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
