package io.berth.core.rule;

import java.util.function.Supplier;

/// Shows operators how actions are doing. Any thread.
@FunctionalInterface
public interface ActionMeters {
    /// Shows the state from now on, whenever someone looks, until the run action is called.
    Runnable show(String rule, String action, Supplier<RuleEngine.ActionState> state);

    ActionMeters NONE = (rule, action, state) -> () -> {};
}
