package io.berth.core.login;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class LoginGuardTest {
    private Instant now = Instant.parse("2026-01-02T03:04:05Z");
    private final LoginGuard guard = new LoginGuard(3, Duration.ofMinutes(1), 4, () -> now);

    @Test
    void blocks_a_key_after_too_many_failures_until_the_window_is_over() {
        fail("device", 2);
        assertThat(guard.blocks("device")).isFalse();
        fail("device", 1);
        assertThat(guard.blocks("device")).isTrue();
        assertThat(guard.blocks("another")).isFalse();

        now = now.plusSeconds(60);
        assertThat(guard.blocks("device")).isFalse();
    }

    @Test
    void a_success_forgives() {
        fail("device", 2);
        guard.succeeded("device");
        fail("device", 2);
        assertThat(guard.blocks("device")).isFalse();
    }

    @Test
    void a_flood_of_names_does_not_grow_it_and_old_windows_go_first() {
        fail("old", 3);
        now = now.plusSeconds(59);
        fail("young", 3);
        now = now.plusSeconds(2);
        for (int i = 0; i < 3; i++) {
            fail("name" + i, 1);
        }
        assertThat(guard.blocks("young")).isTrue();

        for (int i = 0; i < 100; i++) {
            fail("flood" + i, 1);
        }
        assertThat(guard.size()).isLessThanOrEqualTo(4);
    }

    private void fail(String key, int times) {
        for (int i = 0; i < times; i++) {
            guard.failed(key);
        }
    }
}
