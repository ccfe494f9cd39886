package io.berth.core.rule;

import java.util.List;

/// Where rules are kept, their settings encrypted: they hold passwords. Blocking; a returned change is durable.
public interface RuleStore {
    /// RULE_EXISTS when the name is taken.
    void insert(Rule rule);

    /// Replaces the rule of this id: NOT_FOUND when there is none, RULE_EXISTS when the new name is taken.
    void update(Rule rule);

    /// NOT_FOUND when there is none.
    void delete(String id);

    /// All of them, by name.
    List<Rule> list();
}
