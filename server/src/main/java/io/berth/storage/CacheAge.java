package io.berth.storage;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/// How old what a cache read may get. A database of this process alone changes through it alone; another node's
/// change of a shared one takes effect here after [#SHARED].
record CacheAge(Duration kept, InstantSource clock) {
    static final Duration SHARED = Duration.ofSeconds(5);

    static CacheAge of(boolean shared, InstantSource clock) {
        return new CacheAge(shared ? SHARED : ChronoUnit.FOREVER.getDuration(), clock);
    }

    /// By when it was read: what is added to it later makes it no younger.
    <K, V> Caffeine<K, V> cache(int size) {
        return Caffeine.newBuilder()
                .maximumSize(size)
                .ticker(() -> clock.millis() * 1_000_000)
                .expireAfter(Expiry.<K, V>creating((_, _) -> kept));
    }
}
