package io.berth;

import java.util.BitSet;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/// What devices were told is accepted, and what each group of consumers got of it. Devices number their messages from 1
/// and are acknowledged in order. Any thread.
final class Ledger {
    private final Map<String, Integer> acknowledged = new ConcurrentHashMap<>();
    private final Map<String, Deliveries> groups = new ConcurrentHashMap<>();

    void acknowledged(String device, int number) {
        acknowledged.merge(device, number, Math::max);
    }

    void delivered(String group, String device, int number) {
        groups.computeIfAbsent(group, _ -> new Deliveries()).add(device, number);
    }

    long acknowledged() {
        return acknowledged.values().stream().mapToLong(Integer::longValue).sum();
    }

    Deliveries of(String group) {
        return groups.computeIfAbsent(group, _ -> new Deliveries());
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
        private final Map<String, BitSet> seen = new TreeMap<>();
        private long distinct;
        private long duplicates;
        private long outOfOrder;

        private synchronized void add(String device, int number) {
            BitSet numbers = seen.computeIfAbsent(device, _ -> new BitSet());
            if (numbers.get(number)) {
                duplicates++;
                return;
            }
            distinct++;
            outOfOrder += number < numbers.length() ? 1 : 0;
            numbers.set(number);
        }

        private synchronized int firstMissing(String device) {
            return seen.getOrDefault(device, new BitSet()).nextClearBit(1);
        }

        synchronized long distinct() {
            return distinct;
        }

        /// How often something came that had come before.
        synchronized long duplicates() {
            return duplicates;
        }

        /// How often something came for the first time after a later message of its device.
        synchronized long outOfOrder() {
            return outOfOrder;
        }
    }
}
