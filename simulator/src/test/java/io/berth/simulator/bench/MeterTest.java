package io.berth.simulator.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class MeterTest {
    @Test
    void admits_no_more_than_the_limit_and_ends_with_the_last_answer() {
        Meter meter = new Meter(5);

        assertThat(meter.admit(3)).isEqualTo(3);
        assertThat(meter.admit(3)).isEqualTo(2);
        assertThat(meter.admit(1)).isZero();
        meter.finish(5, System.nanoTime());

        meter.await(Duration.ofSeconds(30));
        assertThat(meter.sample(5, 1).events()).isEqualTo(5);
    }

    @Test
    void a_window_is_over_when_its_time_is() {
        Meter meter = new Meter(Long.MAX_VALUE);
        meter.admit(1);
        meter.finish(System.nanoTime());

        meter.await(Duration.ofMillis(20));

        assertThat(meter.admit(1)).isZero();
        assertThat(meter.finished()).isEqualTo(1);
    }

    @Test
    void a_failure_ends_the_window_with_its_reason() {
        Meter meter = new Meter(10);
        meter.admit(1);
        meter.fail("the server closed the connection");

        assertThatThrownBy(() -> meter.await(Duration.ofSeconds(30))).hasMessage("the server closed the connection");
    }

    @Test
    void an_event_counts_from_the_moment_it_was_due() {
        Meter meter = new Meter(10);
        meter.finish(System.nanoTime() - Duration.ofMillis(250).toNanos());

        assertThat(meter.latencies().getMaxValue()).isGreaterThanOrEqualTo(250_000_000);
    }
}
