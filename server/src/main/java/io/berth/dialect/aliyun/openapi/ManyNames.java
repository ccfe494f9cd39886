package io.berth.dialect.aliyun.openapi;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;

/// Many devices of one product, as the actions for many name them.
final class ManyNames {
    private static final int MAX = 100;

    private ManyNames() {}

    /// Each name once.
    static SequencedSet<String> of(List<String> names) {
        SequencedSet<String> distinct = new LinkedHashSet<>(names);
        Refusal.require(
                distinct.size() <= MAX,
                "check.ParameterIsNotLessThanMax",
                "one call names at most " + MAX + " devices");
        return distinct;
    }
}
