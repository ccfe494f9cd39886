package io.berth;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import org.jspecify.annotations.Nullable;

/// What devices were told is accepted, and what each group of consumers got of it. Devices number their
/// messages from 1 and are acknowledged in order. Any thread.
final class Ledger {
    private final Map<String, Integer> acknowledged = new ConcurrentHashMap<>();
    private final Map<String, Deliveries> groups = new ConcurrentHashMap<>();
    private final NavigableSet<Instant> kills = new ConcurrentSkipListSet<>();

    /// @param event its id, the same however often it is delivered
    record Delivery(String event, String device, int number) {}

    void acknowledged(String device, int number) {
        acknowledged.merge(device, number, Math::max);
    }

    void delivered(String group, Delivery delivery) {
        of(group).add(delivery);
    }

    /// A reader has told the server that it is done with these events.
    void accepted(String group, List<String> events) {
        of(group).accept(events, Instant.now());
    }

    /// The server gets to do nothing more from now on, until it is started again.
    void serverIsKilled() {
        kills.add(Instant.now());
    }

    long acknowledged() {
        return acknowledged.values().stream().mapToLong(Integer::longValue).sum();
    }

    Deliveries of(String group) {
        return groups.computeIfAbsent(group, _ -> new Deliveries(kills));
    }

    /// What was acknowledged and the group has not got: `d1 7`, the first of each device.
    Map<String, Integer> missing(String group) {
        Map<String, Integer> missing = new TreeMap<>();
        acknowledged.forEach((device, last) -> {
            int first = of(group).firstMissing(device);
            if (first <= last) {
                missing.put(device, first);
            }
        });
        return missing;
    }

    /// What one group got.
    static final class Deliveries {
        private final NavigableSet<Instant> kills;
        private final Map<String, BitSet> seen = new TreeMap<>();
        private final Set<String> events = new HashSet<>();
        private final Map<String, Instant> accepted = new HashMap<>();

        /// How often a message came that its device had sent twice, because it was not told that the first
        /// was kept: to the server two events.
        private long sentAgain;

        private long unaccepted;

        /// How often an event came again although a reader had accepted it.
        private long forgotten;

        private Duration furthestForgotten = Duration.ZERO;
        private long outOfOrder;

        private Deliveries(NavigableSet<Instant> kills) {
            this.kills = kills;
        }

        private synchronized void add(Delivery delivery) {
            if (!events.add(delivery.event())) {
                comesAgain(delivery.event());
                return;
            }
            int number = delivery.number();
            BitSet numbers = seen.computeIfAbsent(delivery.device(), _ -> new BitSet());
            if (numbers.get(number)) {
                sentAgain++;
                return;
            }
            outOfOrder += number < numbers.length() ? 1 : 0;
            numbers.set(number);
        }

        private void comesAgain(String event) {
            Instant since = accepted.remove(event);
            if (since == null) {
                unaccepted++;
                return;
            }
            forgotten++;
            Duration away =
                    Collections.min(List.of(away(kills.floor(since), since), away(kills.ceiling(since), since)));
            furthestForgotten = Collections.max(List.of(away, furthestForgotten));
        }

        private static Duration away(@Nullable Instant kill, Instant since) {
            return kill == null
                    ? ChronoUnit.FOREVER.getDuration()
                    : Duration.between(kill, since).abs();
        }

        private synchronized void accept(List<String> done, Instant now) {
            done.forEach(event -> accepted.put(event, now));
        }

        private synchronized int firstMissing(String device) {
            return seen.getOrDefault(device, new BitSet()).nextClearBit(1);
        }

        /// How often an event came again that no reader had accepted.
        synchronized long unaccepted() {
            return unaccepted;
        }

        /// How far from a kill of the server any event was accepted that came again all the same.
        synchronized Duration furthestForgotten() {
            return furthestForgotten;
        }

        /// How often something came for the first time after a later message of its device.
        synchronized long outOfOrder() {
            return outOfOrder;
        }

        @Override
        public synchronized String toString() {
            return "%d delivered again that were not accepted, %d that were (within %s of a kill), %d sent again"
                    .formatted(unaccepted, forgotten, furthestForgotten.truncatedTo(ChronoUnit.MILLIS), sentAgain);
        }
    }
}
