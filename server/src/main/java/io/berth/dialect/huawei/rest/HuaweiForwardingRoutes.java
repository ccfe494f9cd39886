package io.berth.dialect.huawei.rest;

import static io.berth.core.ProblemException.require;

import io.berth.core.rule.Rule;
import io.berth.core.rule.Rules;
import io.berth.core.topic.TopicFilter;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Forwarding rules: made without actions and at rest, let work by an update (spec huawei-iotda 7.7).
final class HuaweiForwardingRoutes {
    private final Rules rules;

    HuaweiForwardingRoutes(RestServices services) {
        this.rules = services.forwarding().rules();
    }

    /// @param appType `GLOBAL` for all resource spaces, `APP` for that of `app_id`
    record NewRule(
            @Nullable String ruleName,
            @Nullable String description,
            ForwardingRule.Subject subject,
            @Nullable String appType,
            @Nullable String appId,
            @Nullable String select,
            @Nullable String where) {}

    record Wanted(
            @Nullable String resource,
            @Nullable String event,
            @Nullable String appType,
            @Nullable String appId,
            @Nullable String ruleName,
            @Nullable Boolean active,
            @Nullable Integer limit,
            @Nullable String marker,
            @Nullable Integer offset) {
        private boolean takes(ForwardingRule rule) {
            return isNullOr(resource, rule.subject().resource())
                    && isNullOr(event, rule.subject().event())
                    && isNullOr(appType, rule.appType())
                    && isNullOr(appId, rule.appId())
                    && (ruleName == null || rule.rule().name().contains(ruleName))
                    && (active == null || active == rule.rule().enabled());
        }

        private static boolean isNullOr(@Nullable String wanted, @Nullable String is) {
            return wanted == null || wanted.equals(is);
        }
    }

    record RuleOnly(String ruleId) {}

    /// What is not given stays.
    record ChangedRule(
            String ruleId,
            @Nullable String ruleName,
            @Nullable String description,
            @Nullable String select,
            @Nullable String where,
            @Nullable Boolean active) {}

    record ShownList(List<ForwardingRule.Shown> rules, long count, String marker) {}

    ForwardingRule.Shown create(RestCall<NewRule> call) {
        NewRule wanted = call.input();
        ForwardingSubject subject = ForwardingSubject.of(
                wanted.subject().resource(), wanted.subject().event());
        Rule.Source source = new Rule.Source(
                subject.kinds(),
                Set.of(),
                List.of(),
                List.of(new TopicFilter(subject.topic())),
                space(call.sight(), wanted));
        return shown(rules.create(new Rules.Draft(
                Objects.requireNonNullElseGet(wanted.ruleName(), () -> "rule-" + rules.nextId()),
                false,
                source,
                ForwardingRule.FORMAT,
                statement(wanted.select(), wanted.where()),
                List.of(),
                Objects.requireNonNullElse(wanted.description(), ""))));
    }

    ShownList list(RestCall<Wanted> call) {
        Wanted wanted = call.input();
        Paging paging = Paging.of(wanted.limit(), wanted.marker(), wanted.offset());
        List<ForwardingRule> all =
                seen(call).all().stream().filter(wanted::takes).toList();
        var part = paging.of(all, rule -> rule.rule().id(), ForwardingRule::shown);
        return new ShownList(part.items(), part.page().count(), part.page().marker());
    }

    ForwardingRule.Shown show(RestCall<RuleOnly> call) {
        return seen(call).get(call.input().ruleId()).shown();
    }

    ForwardingRule.Shown update(RestCall<ChangedRule> call) {
        ChangedRule wanted = call.input();
        ForwardingRule rule = seen(call).get(wanted.ruleId());
        return shown(rules.change(
                rule.rule().id(),
                now -> new Rules.Draft(
                        Objects.requireNonNullElse(wanted.ruleName(), now.name()),
                        Objects.requireNonNullElse(wanted.active(), now.enabled()),
                        now.source(),
                        now.format(),
                        statement(
                                Objects.requireNonNullElse(wanted.select(), rule.select()),
                                Objects.requireNonNullElse(wanted.where(), rule.where())),
                        now.actions(),
                        Objects.requireNonNullElse(wanted.description(), now.description()))));
    }

    /// Its actions go with it.
    @Nullable
    Void delete(RestCall<RuleOnly> call) {
        rules.delete(seen(call).get(call.input().ruleId()).rule().id());
        return null;
    }

    private ForwardingRules seen(RestCall<?> call) {
        return new ForwardingRules(rules, call.sight().rights());
    }

    /// Empty for all spaces, which a caller must have rights in.
    private static String space(Sight sight, NewRule wanted) {
        String type = Objects.requireNonNullElse(wanted.appType(), ForwardingRule.GLOBAL);
        if (type.equals(ForwardingRule.APP)) {
            return sight.space(wanted.appId()).id();
        }
        require(type.equals(ForwardingRule.GLOBAL), "\"app_type\" must be GLOBAL or APP");
        sight.demandAllSpaces();
        return "";
    }

    private static Rule.Statement statement(@Nullable String select, @Nullable String where) {
        return new Rule.Statement.SelectWhere(
                Objects.requireNonNullElse(select, ""), Objects.requireNonNullElse(where, ""));
    }

    private static ForwardingRule.Shown shown(Rule rule) {
        return ForwardingRule.of(rule).orElseThrow().shown();
    }
}
