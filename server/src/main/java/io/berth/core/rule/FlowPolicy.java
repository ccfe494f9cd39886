package io.berth.core.rule;

import static io.berth.core.ProblemException.require;

/// How fast messages leave, over all that it covers; what several cover keeps to each of them (spec
/// huawei-iotda 8, flow policy). What an action alone may do is said by its own [Rule.Policy].
///
/// @param id unique, made up when the policy is
/// @param perSecond messages a second, at most
public record FlowPolicy(String id, String name, String description, Scope scope, int perSecond) {
    public FlowPolicy {
        BacklogPolicy.demandWords(name, description);
        require(
                perSecond >= 1 && perSecond <= Rule.Policy.MAX_PER_SECOND,
                "a flow policy lets 1 to " + Rule.Policy.MAX_PER_SECOND + " messages a second pass");
    }

    /// What shares the flow.
    public sealed interface Scope {
        /// All that rules send.
        record Everything() implements Scope {}

        /// What goes to destinations of one kind.
        record OfKind(String kind) implements Scope {}

        record OfRule(String rule) implements Scope {}

        record OfAction(String rule, String action) implements Scope {}

        default boolean covers(Rule rule, Rule.Action action) {
            return switch (this) {
                case Everything _ -> true;
                case OfKind(String kind) -> action.kind().equals(kind);
                case OfRule(String id) -> rule.id().equals(id);
                case OfAction(String id, String wanted) ->
                    rule.id().equals(id) && action.id().equals(wanted);
            };
        }
    }
}
