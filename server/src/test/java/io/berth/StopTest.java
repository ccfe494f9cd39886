package io.berth;

import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StopTest {
    @TempDir
    Path data;

    @Test
    void a_stop_does_not_wait_for_those_who_follow_live_events() {
        RunningBerth berth = RunningBerth.on(data, "web.stop-timeout=10m");
        try (Tail follower = berth.tail("any")) {
            assertTimeout(Duration.ofMinutes(1), berth::close);
            follower.ends();
        }
    }
}
