package io.berth.simulator.bench;

import io.netty.channel.EventLoop;
import java.util.concurrent.CompletableFuture;

/// A way in, by which one device after another logs in. Any thread.
@FunctionalInterface
interface Door {
    /// Lets the next device in; completes when it is logged in, else with why not.
    CompletableFuture<Visit> enter(EventLoop loop);

    /// A device that is in.
    @FunctionalInterface
    interface Visit {
        CompletableFuture<?> leave();
    }
}
