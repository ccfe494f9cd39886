package io.berth.simulator.bench;

import io.netty.channel.EventLoop;
import java.util.concurrent.CompletableFuture;

/// One source of events with a bound on how many are under way. Its methods run on its event loop.
interface Lane {
    EventLoop loop();

    /// A window begins.
    ///
    /// @param busy whether the lane keeps itself as full as it may; otherwise it waits to be offered events
    void begin(Meter meter, boolean busy);

    /// Starts an event that was due at `dueNanos`, unless as many as may be are under way already.
    boolean offer(long dueNanos);

    /// Ends the lane's connections.
    CompletableFuture<?> leave();
}
