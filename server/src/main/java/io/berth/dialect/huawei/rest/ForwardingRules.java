package io.berth.dialect.huawei.rest;

import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.caller.Rights;
import io.berth.core.rule.Rule;
import io.berth.core.rule.Rules;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// The forwarding rules a caller can see, and their actions.
///
/// @param rights of the caller
record ForwardingRules(Rules rules, Rights rights) {
    record Action(ForwardingRule of, Rule.Action action) {}

    /// Newest first.
    List<ForwardingRule> all() {
        return rules.list().stream()
                .map(ForwardingRule::of)
                .flatMap(Optional::stream)
                .filter(rule -> rule.isFor(rights))
                .sorted(Comparator.comparing(
                                (ForwardingRule rule) -> rule.rule().id())
                        .reversed())
                .toList();
    }

    /// NOT_FOUND where there is none for the caller.
    ForwardingRule get(String ruleId) {
        return all().stream()
                .filter(rule -> rule.rule().id().equals(ruleId))
                .findFirst()
                .orElseThrow(() -> new ProblemException(Problem.NOT_FOUND, "there is no rule \"" + ruleId + "\""));
    }

    /// Newest first.
    List<Action> actions() {
        return all().stream()
                .flatMap(rule -> rule.rule().actions().stream().map(action -> new Action(rule, action)))
                .sorted(Comparator.comparing((Action action) -> action.action().id())
                        .reversed())
                .toList();
    }

    /// NOT_FOUND where there is none for the caller.
    Action action(String actionId) {
        return actions().stream()
                .filter(action -> action.action().id().equals(actionId))
                .findFirst()
                .orElseThrow(() -> new ProblemException(Problem.NOT_FOUND, "there is no action \"" + actionId + "\""));
    }
}
