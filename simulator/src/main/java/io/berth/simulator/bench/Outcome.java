package io.berth.simulator.bench;

import io.berth.simulator.measure.Latency;
import io.berth.simulator.measure.Median;
import io.berth.simulator.measure.ProcessUsage;
import io.berth.simulator.measure.Sample;
import java.util.List;

/// What one target did in one scenario.
record Outcome(String target, List<Sample> windows, Latency latencyMicros, Memory memory) {
    /// @param connections how many were open at `after`
    record Memory(long rssBefore, long rssAfter, long pssAfter, int connections, long bytesPerConnection) {
        static Memory of(ProcessUsage before, ProcessUsage after, int connections) {
            long grown = after.rssBytes() - before.rssBytes();
            return new Memory(
                    before.rssBytes(),
                    after.rssBytes(),
                    after.pssBytes(),
                    connections,
                    connections == 0 ? 0 : grown / connections);
        }
    }

    double rate() {
        return Median.of(windows, Sample::rate);
    }

    double perCpuSecond() {
        return Median.of(windows, Sample::perCpuSecond);
    }

    double ratioTo(Outcome yardstick) {
        return perCpuSecond() / yardstick.perCpuSecond();
    }
}
