package io.berth.core.login;

import io.berth.core.device.DeviceId;
import io.berth.core.login.Handover.Note;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
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
    /// remembered, for as long as an older token could live and of at most so many; beyond, and when the server
    /// was killed, an older token lives as long as it would have. Never blocks; any thread.
    final class Ending implements Renewals {
        private static final String KIND = "renewed tokens";

        private final Terms terms;
        private final InstantSource clock;
        private final ConcurrentHashMap<DeviceId, Instant> newest = new ConcurrentHashMap<>();

        /// @param grace how long an older token lives beside a newer one
        /// @param lifetime of each token
        /// @param maxDevices so many are remembered
        public record Terms(Duration grace, Duration lifetime, int maxDevices) {}

        public Ending(Terms terms, Handover handover, InstantSource clock) {
            this.terms = terms;
            this.clock = clock;
            handover.take(KIND)
                    .forEach((device, issued) -> newest.put(named(device), Instant.ofEpochMilli(issued.value())));
            handover.leave(KIND, this::notes);
        }

        private static DeviceId named(String device) {
            int slash = device.indexOf('/');
            return new DeviceId(device.substring(0, slash), device.substring(slash + 1));
        }

        private Map<String, Note> notes() {
            Map<String, Note> notes = new HashMap<>();
            newest.forEach((device, issued) -> notes.put(
                    device.product() + "/" + device.name(),
                    new Note(issued.toEpochMilli(), issued.plus(terms.lifetime()))));
            return notes;
        }

        @Override
        public void issued(DeviceId device, Instant at) {
            if (newest.size() >= terms.maxDevices() && !newest.containsKey(device)) {
                sweep();
            }
            newest.merge(device, at, (known, given) -> given.isAfter(known) ? given : known);
        }

        @Override
        public boolean ended(DeviceId device, Instant issued) {
            Instant renewed = newest.get(device);
            return renewed != null
                    && issued.toEpochMilli() < renewed.toEpochMilli()
                    && !clock.instant().isBefore(renewed.plus(terms.grace()));
        }

        int size() {
            return newest.size();
        }

        private void sweep() {
            Instant oldest = clock.instant().minus(terms.lifetime());
            newest.values().removeIf(issued -> issued.isBefore(oldest));
            if (newest.size() >= terms.maxDevices()) {
                newest.clear();
            }
        }
    }
}
