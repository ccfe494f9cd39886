package io.berth.simulator.simulate;

import io.berth.simulator.device.Fleet;
import io.berth.simulator.wire.Loops;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// The fleet at work. Closing it signs every device off.
final class Simulation implements AutoCloseable {
    private static final int CONNECTS_PER_SECOND = 1_000;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final List<SimulatedDevice> devices;
    private final EventLoop loop;

    Simulation(Fleet fleet, Loops loops, SimulatedDevice.Connector connector, Tally tally) {
        loop = loops.next();
        devices = fleet.devices().stream()
                .map(device -> new SimulatedDevice(device, loop, connector, tally))
                .toList();
    }

    /// Brings the devices online one after another; each then reports once per interval, out of step with the others.
    void start(Series series, Duration interval) {
        for (int i = 0; i < devices.size(); i++) {
            SimulatedDevice device = devices.get(i);
            long connectAt = i * TimeUnit.SECONDS.toNanos(1) / CONNECTS_PER_SECOND;
            long offset = interval.toNanos() * i / devices.size();
            Report report = new Report(device, series, i * 37L);
            Future<?> _ = loop.schedule(device::connect, connectAt, TimeUnit.NANOSECONDS);
            Future<?> _ =
                    loop.scheduleAtFixedRate(report, connectAt + offset, interval.toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    /// A device's walk through the series.
    private static final class Report implements Runnable {
        private final SimulatedDevice device;
        private final Series series;
        private long index;

        Report(SimulatedDevice device, Series series, long index) {
            this.device = device;
            this.series = series;
            this.index = index;
        }

        @Override
        public void run() {
            device.report(series.at(index++));
        }
    }

    @Override
    public void close() {
        CompletableFuture<Void> left = new CompletableFuture<>();
        loop.execute(() -> {
            CompletableFuture<?> _ = CompletableFuture.allOf(
                            devices.stream().map(SimulatedDevice::leave).toArray(CompletableFuture[]::new))
                    .thenRun(() -> left.complete(null));
        });
        try {
            left.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("some devices did not sign off", e);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
