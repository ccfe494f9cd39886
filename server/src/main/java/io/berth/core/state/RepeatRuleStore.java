package io.berth.core.state;

import java.util.List;
import java.util.Optional;

/// Which products want no repetitions. Blocking.
public interface RepeatRuleStore {
    List<RepeatRule> list();

    Optional<RepeatRule> find(String product);

    /// PRODUCT_NOT_FOUND.
    void put(RepeatRule rule);
}
