package io.berth.core.login;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.ConcurrentHashMap;

/// Slows guessing down: after `maxFailures` failed logins of one key (a device, an address) within `window`, that
/// key is refused until the window is over. Remembers at most `maxKeys` keys; when they are all in use the oldest
/// windows are swept. Never blocks; any thread.
public final class LoginGuard {
    private final int maxFailures;
    private final Duration window;
    private final int maxKeys;
    private final InstantSource clock;
    private final ConcurrentHashMap<String, Failures> failures = new ConcurrentHashMap<>();

    public LoginGuard(int maxFailures, Duration window, int maxKeys, InstantSource clock) {
        this.maxFailures = maxFailures;
        this.window = window;
        this.maxKeys = maxKeys;
        this.clock = clock;
    }

    public boolean blocks(String key) {
        Failures seen = failures.get(key);
        return seen != null && seen.count >= maxFailures && clock.instant().isBefore(seen.since.plus(window));
    }

    public void failed(String key) {
        Instant now = clock.instant();
        if (failures.size() >= maxKeys && !failures.containsKey(key)) {
            sweep(now);
        }
        failures.compute(
                key,
                (_, seen) -> seen == null || !now.isBefore(seen.since.plus(window))
                        ? new Failures(now, 1)
                        : new Failures(seen.since, seen.count + 1));
    }

    public void succeeded(String key) {
        failures.remove(key);
    }

    int size() {
        return failures.size();
    }

    private void sweep(Instant now) {
        failures.values().removeIf(seen -> !now.isBefore(seen.since.plus(window)));
        if (failures.size() >= maxKeys) {
            // every key is fresh: someone is flooding us with names; forget them all rather than grow
            failures.clear();
        }
    }

    private record Failures(Instant since, int count) {}
}
