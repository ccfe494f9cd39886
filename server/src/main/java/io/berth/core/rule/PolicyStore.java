package io.berth.core.rule;

import java.util.List;

/// Where policies over all rules are kept. Blocking; a returned change is durable.
public interface PolicyStore {
    /// Keeps the policy, in the place of one of the same id.
    void put(FlowPolicy policy);

    /// Keeps the policy, in the place of one of the same id.
    void put(BacklogPolicy policy);

    /// Of either sort; nothing when there is none.
    void delete(String id);

    /// By id.
    List<FlowPolicy> flows();

    /// By id.
    List<BacklogPolicy> backlogs();
}
