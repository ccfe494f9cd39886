package io.berth.dialect.huawei.rest;

import io.berth.core.caller.Rights;
import io.berth.core.rule.Rule;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A rule that this interface can say: about one subject, with a select and a where (spec huawei-iotda 7.7).
/// Rules that were made elsewhere in other words do not exist here.
record ForwardingRule(Rule rule, ForwardingSubject subject, String select, String where) {
    /// The name of the [io.berth.core.message.EventFormat] such rules work on.
    static final String FORMAT = "huawei";

    static final String GLOBAL = "GLOBAL";
    static final String APP = "APP";

    record Subject(String resource, String event) {}

    record Shown(
            String ruleId,
            String ruleName,
            @Nullable String description,
            Subject subject,
            String appType,
            @Nullable String appId,
            String select,
            String where,
            boolean active) {}

    static Optional<ForwardingRule> of(Rule rule) {
        if (!rule.format().equals(FORMAT)
                || !rule.source().products().isEmpty()
                || !rule.source().devices().isEmpty()) {
            return Optional.empty();
        }
        return ForwardingSubject.of(rule.source().topics()).flatMap(subject -> switch (rule.statement()) {
            case Rule.Statement.SelectWhere(String select, String where) ->
                Optional.of(new ForwardingRule(rule, subject, select, where));
            case Rule.Statement.Whole _ -> Optional.of(new ForwardingRule(rule, subject, "", ""));
            case Rule.Statement.Sql _ -> Optional.empty();
        });
    }

    /// One about all spaces is for callers with rights in all of them.
    boolean isFor(Rights rights) {
        return appId() == null ? rights.spaces().isEmpty() : rights.reach(appId());
    }

    String appType() {
        return appId() == null ? GLOBAL : APP;
    }

    /// Null for all spaces.
    @Nullable
    String appId() {
        String space = rule.source().space();
        return space.isEmpty() ? null : space;
    }

    Shown shown() {
        return new Shown(
                rule.id(),
                rule.name(),
                rule.description().isEmpty() ? null : rule.description(),
                new Subject(subject.resource(), subject.event()),
                appType(),
                appId(),
                select,
                where,
                rule.enabled());
    }
}
