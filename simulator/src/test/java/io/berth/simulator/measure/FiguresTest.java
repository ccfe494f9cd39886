package io.berth.simulator.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class FiguresTest {
    @Test
    void the_median_ignores_one_bad_window() {
        assertThat(Median.of(List.of(100.0, 3.0, 101.0), Double::doubleValue)).isEqualTo(100);
        assertThat(Median.of(List.of(1.0, 2.0), Double::doubleValue)).isEqualTo(1.5);
    }

    @Test
    void percentiles_are_microseconds() {
        Histogram nanos = new Histogram(3);
        nanos.recordValueWithCount(1_000_000, 990);
        nanos.recordValueWithCount(50_000_000, 10);

        Latency latency = Latency.of(nanos, true);

        assertThat(latency.p50()).isCloseTo(1_000, Percentage.withPercentage(0.2));
        assertThat(latency.p99()).isCloseTo(1_000, Percentage.withPercentage(0.2));
        assertThat(latency.p999()).isCloseTo(50_000, Percentage.withPercentage(0.2));
    }

    @Test
    void a_window_is_counted_per_second_and_per_cpu_second() {
        Sample sample = new Sample(1_000, 1_000, 4, 0.5);

        assertThat(sample.rate()).isEqualTo(250);
        assertThat(sample.perCpuSecond()).isEqualTo(2_000);
        assertThat(new Sample(10, 10, 1, 0).perCpuSecond()).isEqualTo(1_000);
    }

    @Test
    void a_wait_in_vain_is_no_part_of_a_window() {
        Sample sample = new Sample(1_000, 900, 9, 0.5).without(Duration.ofSeconds(5));

        assertThat(sample).isEqualTo(new Sample(1_000, 900, 4, 0.5));
    }
}
