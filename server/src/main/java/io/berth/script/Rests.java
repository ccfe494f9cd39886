package io.berth.script;

import io.berth.core.product.ScriptBench.Standing;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/// Which products' scripts had to be stopped, and are left alone for a while: what they cost cannot be had
/// back, but a fleet whose every message runs away must not have every turn. Any thread.
final class Rests {
    private static final Standing SOUND = new Standing(0, Optional.empty());

    private final Duration rest;
    private final InstantSource clock;
    private final ConcurrentMap<String, Standing> stopped = new ConcurrentHashMap<>();

    Rests(Duration rest, InstantSource clock) {
        this.rest = rest;
        this.clock = clock;
    }

    void stopped(String product) {
        Optional<Instant> until = Optional.of(clock.instant().plus(rest));
        stopped.merge(product, new Standing(1, until), (old, one) -> new Standing(old.stopped() + 1, until));
    }

    /// A changed script begins anew.
    void forget(String product) {
        stopped.remove(product);
    }

    Standing of(String product) {
        Standing standing = stopped.getOrDefault(product, SOUND);
        return new Standing(
                standing.stopped(),
                standing.restsUntil().filter(until -> clock.instant().isBefore(until)));
    }
}
