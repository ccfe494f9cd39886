package io.berth.simulator.bench;

import io.netty.channel.EventLoop;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Offers events to the lanes of one event loop at a fixed rate. An event that finds no room keeps the moment it was
/// due,
/// so a slow server shows up as latency and not as a lower rate (coordinated omission).
final class Pacer implements Runnable {
    private static final long RETRY_NANOS = TimeUnit.MICROSECONDS.toNanos(200);

    private final EventLoop loop;
    private final Deque<Lane> lanes;
    private final Meter meter;
    private final long intervalNanos;
    private long dueNanos;
    private boolean admitted;

    private Pacer(EventLoop loop, Collection<Lane> lanes, Meter meter, double rate) {
        this.loop = loop;
        this.lanes = new ArrayDeque<>(lanes);
        this.meter = meter;
        this.intervalNanos = Math.max(1, Math.round(TimeUnit.SECONDS.toNanos(1) / rate));
        this.dueNanos = System.nanoTime() + intervalNanos;
    }

    static void start(EventLoop loop, List<Lane> lanes, Meter meter, double rate) {
        loop.execute(new Pacer(loop, lanes, meter, rate));
    }

    @Override
    public void run() {
        long now = System.nanoTime();
        boolean room = true;
        while (room && dueNanos <= now) {
            if (!admitted && meter.admit(1) == 0) {
                return;
            }
            room = offer();
            admitted = !room;
            dueNanos += room ? intervalNanos : 0;
        }
        long wait = room ? Math.max(0, dueNanos - System.nanoTime()) : RETRY_NANOS;
        loop.schedule(this, wait, TimeUnit.NANOSECONDS).addListener(scheduled -> {
            if (!scheduled.isSuccess()) {
                meter.fail("the pacer stopped: " + scheduled.cause());
            }
        });
    }

    private boolean offer() {
        for (int i = 0; i < lanes.size(); i++) {
            Lane lane = lanes.removeFirst();
            lanes.addLast(lane);
            if (lane.offer(dueNanos)) {
                return true;
            }
        }
        return false;
    }
}
