package io.berth.testing;

import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.rule.Rule;
import io.berth.core.rule.RuleStore;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Rules in memory.
public final class MemoryRules implements RuleStore {
    private final Map<String, Rule> rules = new LinkedHashMap<>();

    @Override
    public synchronized void insert(Rule rule) {
        refuseTaken(rule);
        rules.put(rule.id(), rule);
    }

    @Override
    public synchronized void update(Rule rule) {
        refuseMissing(rule.id());
        refuseTaken(rule);
        rules.put(rule.id(), rule);
    }

    @Override
    public synchronized void delete(String id) {
        refuseMissing(id);
        rules.remove(id);
    }

    @Override
    public synchronized List<Rule> list() {
        return rules.values().stream().sorted(Comparator.comparing(Rule::name)).toList();
    }

    private void refuseTaken(Rule rule) {
        if (rules.values().stream()
                .anyMatch(
                        known -> known.name().equals(rule.name()) && !known.id().equals(rule.id()))) {
            throw new ProblemException(Problem.RULE_EXISTS, rule.name());
        }
    }

    private void refuseMissing(String id) {
        if (!rules.containsKey(id)) {
            throw new ProblemException(Problem.NOT_FOUND, id);
        }
    }
}
