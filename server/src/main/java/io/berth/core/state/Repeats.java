package io.berth.core.state;

import static io.berth.core.ProblemException.require;

import io.berth.core.device.DeviceId;
import io.berth.core.thing.Sample;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.concurrent.ConcurrentHashMap;

/// Leaves values out of reports that only repeat what came before, for the products that want it so. What came
/// before is remembered in memory: a repetition passes once more after a restart, and where more devices report
/// than are remembered. Changes block; any thread.
public final class Repeats {
    private final RepeatRuleStore store;
    private final int maxDevices;
    private final ConcurrentHashMap<String, RepeatRule> rules = new ConcurrentHashMap<>();
    /// What each device said last, by property; the one that was silent longest comes first. Guarded by itself.
    private final SequencedMap<DeviceId, Map<String, Sample>> last = new LinkedHashMap<>(16, 0.75f, true);

    public Repeats(RepeatRuleStore store, Limits limits) {
        this.store = store;
        this.maxDevices = limits.maxDevices();
        store.list().forEach(this::remember);
    }

    /// The `repeats.…` keys.
    ///
    /// @param maxDevices whose last values are remembered
    public record Limits(int maxDevices) {
        public static final Limits DEFAULT = new Limits(100_000);

        public Limits {
            require(maxDevices >= 1, "repeats.max-devices is at least 1");
        }
    }

    /// In force when it returns. PRODUCT_NOT_FOUND.
    public synchronized void put(RepeatRule rule) {
        store.put(rule);
        remember(rule);
    }

    /// A product that is made again under a key begins without a rule.
    public synchronized void productChanged(String product) {
        if (rules.containsKey(product) && store.find(product).isEmpty()) {
            rules.remove(product);
        }
    }

    private void remember(RepeatRule rule) {
        if (rule.isOff()) {
            rules.remove(rule.product());
        } else {
            rules.put(rule.product(), rule);
        }
    }

    /// What is new of a report: parts of which nothing is left are left out. Old values that were kept back are
    /// never repetitions. Never blocks.
    public List<Facts> without(List<Facts> parts) {
        if (rules.isEmpty()) {
            return parts;
        }
        List<Facts> fresh = new ArrayList<>(parts.size());
        for (Facts part : parts) {
            RepeatRule rule = rules.get(part.device().product());
            if (rule == null || !part.current() || part.samples().isEmpty()) {
                fresh.add(part);
            } else {
                Facts left = without(part, rule);
                if (!left.isEmpty() || !left.unfit().isEmpty()) {
                    fresh.add(left);
                }
            }
        }
        return fresh;
    }

    private Facts without(Facts part, RepeatRule rule) {
        List<Sample> fresh = new ArrayList<>(part.samples().size());
        synchronized (last) {
            Map<String, Sample> before = last.computeIfAbsent(part.device(), _ -> new HashMap<>());
            for (Sample sample : part.samples()) {
                Sample known = before.put(sample.key(), sample);
                if (known == null || !repeats(sample, known, rule)) {
                    fresh.add(sample);
                }
            }
            if (last.size() > maxDevices) {
                last.pollFirstEntry();
            }
        }
        return fresh.size() == part.samples().size()
                ? part
                : new Facts(part.device(), fresh, part.occurrences(), true, part.requestId(), part.unfit());
    }

    private static boolean repeats(Sample sample, Sample known, RepeatRule rule) {
        return (rule.sameTime() && sample.time().equals(known.time()))
                || (rule.sameValue() && sample.value().equals(known.value()));
    }
}
