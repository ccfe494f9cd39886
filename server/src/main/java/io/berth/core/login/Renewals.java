package io.berth.core.login;

import io.berth.core.device.DeviceId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.ConcurrentHashMap;

/// What becomes of the tokens of a device when it is issued a newer one.
public interface Renewals {
    /// A token was issued.
    void issued(DeviceId device, Instant at);

    /// Whether a newer token ended the one issued then.
    boolean ended(DeviceId device, Instant issued);

    /// Older tokens live on.
    Renewals HARMLESS = new Renewals() {
        @Override
        public void issued(DeviceId device, Instant at) {}

        @Override
        public boolean ended(DeviceId device, Instant issued) {
            return false;
        }
    };

    /// An older token ends a while after the newer one was issued. The newest issue of each device is
    /// remembered, for as long as an older token could live and of at most `maxDevices`; beyond, and after a
    /// restart, an older token lives as long as it would have. Never blocks; any thread.
    final class Ending implements Renewals {
        private final Duration grace;
        private final Duration lifetime;
        private final int maxDevices;
        private final InstantSource clock;
        private final ConcurrentHashMap<DeviceId, Instant> newest = new ConcurrentHashMap<>();

        public Ending(Duration grace, Duration lifetime, int maxDevices, InstantSource clock) {
            this.grace = grace;
            this.lifetime = lifetime;
            this.maxDevices = maxDevices;
            this.clock = clock;
        }

        @Override
        public void issued(DeviceId device, Instant at) {
            if (newest.size() >= maxDevices && !newest.containsKey(device)) {
                sweep();
            }
            newest.merge(device, at, (known, given) -> given.isAfter(known) ? given : known);
        }

        @Override
        public boolean ended(DeviceId device, Instant issued) {
            Instant renewed = newest.get(device);
            return renewed != null
                    && issued.toEpochMilli() < renewed.toEpochMilli()
                    && !clock.instant().isBefore(renewed.plus(grace));
        }

        int size() {
            return newest.size();
        }

        private void sweep() {
            Instant oldest = clock.instant().minus(lifetime);
            newest.values().removeIf(issued -> issued.isBefore(oldest));
            if (newest.size() >= maxDevices) {
                newest.clear();
            }
        }
    }
}
