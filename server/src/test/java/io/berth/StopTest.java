package io.berth;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StopTest {
    @TempDir
    Path data;

    @Test
    void a_stop_does_not_wait_for_those_who_follow_live_events() {
        RunningBerth berth = RunningBerth.on(data);
        try (Tail follower = berth.tail("any")) {
            Instant begun = Instant.now();
            berth.close();
            assertThat(Duration.between(begun, Instant.now())).isLessThan(Duration.ofSeconds(4));
            follower.ends();
        }
    }
}
