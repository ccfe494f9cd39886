package io.berth.simulator.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ProcessUsageTest {
    @Test
    void adds_user_and_system_time_whatever_the_command_is_called() {
        String stat = "4242 (a) b (c) S 1 4242 4242 0 -1 4194304 100 0 0 0 1234 66 7 8 20 0 31 0 999 1 2";

        assertThat(ProcessUsage.cpuSeconds(stat)).isEqualTo(13.0);
    }

    @Test
    void reads_a_memory_line_in_bytes() {
        assertThat(ProcessUsage.kilobytes("VmPeak:\t 9 kB\nVmRSS:\t  2048 kB\nThreads:\t3\n", "VmRSS:"))
                .isEqualTo(2 * 1024 * 1024);
        assertThatThrownBy(() -> ProcessUsage.kilobytes("Threads:\t3\n", "VmRSS:"))
                .hasMessageContaining("VmRSS:");
    }

    @Test
    void accounts_a_living_process() {
        ProcessUsage usage = ProcessUsage.of(ProcessHandle.current().pid());

        assertThat(usage.cpuSeconds()).isPositive();
        assertThat(usage.rssBytes()).isGreaterThan(1 << 20).isGreaterThanOrEqualTo(usage.pssBytes());
    }

    @Test
    void says_so_when_the_process_is_gone() {
        assertThatThrownBy(() -> ProcessUsage.of(Long.MAX_VALUE)).hasMessageContaining("is it running");
    }
}
