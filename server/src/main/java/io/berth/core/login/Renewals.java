package io.berth.core.login;

import io.berth.core.device.DeviceId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

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

    /// An older token ends a while after the newer one was issued. The newest issue of each device is noted,
    /// for as long as an older token could live; of devices beyond the notes' bound older tokens live as long
    /// as they would have. Never blocks; any thread.
    final class Ending implements Renewals {
        private final Duration grace;
        private final Duration lifetime;
        private final Notes newest;
        private final InstantSource clock;

        /// @param grace how long an older token lives beside a newer one
        /// @param lifetime of each token
        /// @param newest notes of its own
        public Ending(Duration grace, Duration lifetime, Notes newest, InstantSource clock) {
            this.grace = grace;
            this.lifetime = lifetime;
            this.newest = newest;
            this.clock = clock;
        }

        @Override
        public void issued(DeviceId device, Instant at) {
            newest.keep(name(device), at.toEpochMilli(), at.plus(lifetime));
        }

        @Override
        public boolean ended(DeviceId device, Instant issued) {
            Notes.Note renewed = newest.find(name(device));
            return renewed != null
                    && issued.toEpochMilli() < renewed.value()
                    && clock.instant().toEpochMilli() >= renewed.value() + grace.toMillis();
        }

        private static String name(DeviceId device) {
            return device.product() + "/" + device.name();
        }
    }
}
