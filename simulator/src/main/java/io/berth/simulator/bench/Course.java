package io.berth.simulator.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/// A scenario laid out on one target: everything connected and subscribed, ready for windows.
///
/// @param arrivals devices that finish events by receiving them
/// @param consumer who counts the uplink; it counts nothing when nobody listens
/// @param standing connections that are not lanes
record Course(List<Lane> lanes, Arrivals arrivals, Consumer consumer, List<Supplier<CompletableFuture<?>>> standing)
        implements AutoCloseable {

    @Override
    public void close() {
        List<CompletableFuture<?>> leaving = new ArrayList<>();
        lanes.forEach(lane -> leaving.add(lane.leave()));
        standing.forEach(leave -> leaving.add(leave.get()));
        leaving.forEach(Crew::await);
    }
}
