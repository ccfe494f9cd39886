package io.berth.dialect.huawei.rest;

import static io.berth.core.ProblemException.require;

import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.rule.FlowPolicy;
import io.berth.core.rule.Policies;
import io.berth.core.rule.Rules;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Flow control of data forwarding (spec huawei-iotda 8). Its policies are over all resource spaces.
final class HuaweiFlowRoutes {
    private static final int MAX_PER_SECOND = 1_000;

    private final Policies policies;
    private final Rules rules;

    HuaweiFlowRoutes(RestServices services) {
        this.policies = services.forwarding().policies();
        this.rules = services.forwarding().rules();
    }

    /// @param scopeValue the channel, or the id of the rule or action
    /// @param limit messages a second
    record NewPolicy(
            @Nullable String policyName,
            @Nullable String description,
            @Nullable String scope,
            @Nullable String scopeValue,
            @Nullable Integer limit) {}

    record PolicyOnly(String policyId) {}

    /// What is not given stays.
    record ChangedPolicy(
            String policyId,
            @Nullable String policyName,
            @Nullable String description,
            @Nullable Integer limit) {}

    record Wanted(
            @Nullable String scope,
            @Nullable String scopeValue,
            @Nullable String policyName,
            @Nullable Integer limit,
            @Nullable String marker,
            @Nullable Integer offset) {
        private boolean takes(Shown policy) {
            return (scope == null || scope.equals(policy.scope()))
                    && (scopeValue == null || scopeValue.equals(policy.scopeValue()))
                    && (policyName == null || policy.policyName().contains(policyName));
        }
    }

    record Shown(
            String policyId,
            String policyName,
            @Nullable String description,
            String scope,
            @Nullable String scopeValue,
            int limit) {}

    record ShownList(List<Shown> flowcontrolPolicies, long count, String marker) {}

    Shown create(RestCall<NewPolicy> call) {
        call.sight().demandAllSpaces();
        NewPolicy wanted = call.input();
        String id = rules.nextId();
        return shown(policies.create(new FlowPolicy(
                id,
                Objects.requireNonNullElse(wanted.policyName(), "flow-" + id),
                Objects.requireNonNullElse(wanted.description(), ""),
                scope(call, wanted),
                limit(Objects.requireNonNullElse(wanted.limit(), MAX_PER_SECOND)))));
    }

    ShownList list(RestCall<Wanted> call) {
        call.sight().demandAllSpaces();
        Wanted wanted = call.input();
        Paging paging = Paging.of(wanted.limit(), wanted.marker(), wanted.offset());
        List<Shown> all = policies.flows().stream()
                .map(HuaweiFlowRoutes::shown)
                .filter(wanted::takes)
                .toList();
        var part = paging.of(all, Shown::policyId, Function.identity());
        return new ShownList(part.items(), part.page().count(), part.page().marker());
    }

    Shown show(RestCall<PolicyOnly> call) {
        call.sight().demandAllSpaces();
        return shown(policies.flow(call.input().policyId()));
    }

    Shown update(RestCall<ChangedPolicy> call) {
        call.sight().demandAllSpaces();
        ChangedPolicy wanted = call.input();
        return shown(policies.changeFlow(
                wanted.policyId(),
                now -> new FlowPolicy(
                        now.id(),
                        Objects.requireNonNullElse(wanted.policyName(), now.name()),
                        Objects.requireNonNullElse(wanted.description(), now.description()),
                        now.scope(),
                        wanted.limit() == null ? now.perSecond() : limit(wanted.limit()))));
    }

    @Nullable
    Void delete(RestCall<PolicyOnly> call) {
        call.sight().demandAllSpaces();
        policies.deleteFlow(call.input().policyId());
        return null;
    }

    private FlowPolicy.Scope scope(RestCall<NewPolicy> call, NewPolicy wanted) {
        ForwardingRules seen = new ForwardingRules(rules, call.sight().rights());
        return switch (Objects.requireNonNullElse(wanted.scope(), "USER")) {
            case "USER" -> new FlowPolicy.Scope.Everything();
            case "CHANNEL" -> new FlowPolicy.Scope.OfKind(kind(value(wanted)));
            case "RULE" ->
                new FlowPolicy.Scope.OfRule(seen.get(value(wanted)).rule().id());
            case "ACTION" -> {
                ForwardingRules.Action action = seen.action(value(wanted));
                yield new FlowPolicy.Scope.OfAction(
                        action.of().rule().id(), action.action().id());
            }
            default ->
                throw new ProblemException(Problem.INVALID_ARGUMENT, "\"scope\" must be USER, CHANNEL, RULE or ACTION");
        };
    }

    /// Both of the vendor's Kafka channels are one kind here; a policy is shown by the name of the first.
    private static String kind(String channel) {
        if (Channel.of(channel) == Channel.MRS_KAFKA_FORWARDING) {
            throw new ProblemException(
                    Problem.UNSUPPORTED, "flow to Kafka is controlled as " + Channel.DMS_KAFKA_FORWARDING);
        }
        return Channel.of(channel).kind();
    }

    private static String value(NewPolicy wanted) {
        String value = Objects.requireNonNullElse(wanted.scopeValue(), "");
        require(!value.isEmpty(), "\"scope_value\" is missing");
        return value;
    }

    private static int limit(int perSecond) {
        require(perSecond >= 1 && perSecond <= MAX_PER_SECOND, "\"limit\" must be 1 to " + MAX_PER_SECOND);
        return perSecond;
    }

    private static Shown shown(FlowPolicy policy) {
        return new Shown(
                policy.id(),
                policy.name(),
                policy.description().isEmpty() ? null : policy.description(),
                switch (policy.scope()) {
                    case FlowPolicy.Scope.Everything _ -> "USER";
                    case FlowPolicy.Scope.OfKind _ -> "CHANNEL";
                    case FlowPolicy.Scope.OfRule _ -> "RULE";
                    case FlowPolicy.Scope.OfAction _ -> "ACTION";
                },
                switch (policy.scope()) {
                    case FlowPolicy.Scope.Everything _ -> null;
                    case FlowPolicy.Scope.OfKind(String kind) -> Channel.word(kind);
                    case FlowPolicy.Scope.OfRule(String rule) -> rule;
                    case FlowPolicy.Scope.OfAction(String _, String action) -> action;
                },
                policy.perSecond());
    }
}
