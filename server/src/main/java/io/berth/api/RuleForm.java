package io.berth.api;

import static io.berth.core.ProblemException.require;

import io.berth.core.Value;
import io.berth.core.message.Event;
import io.berth.core.rule.Rule;
import io.berth.core.rule.Rules;
import io.berth.core.topic.TopicFilter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// A rule as somebody writes it.
///
/// @param format how the document is written; when it is not given `aliyun` with `sql`, `huawei` with `select`
/// or `where`, else `native`
/// @param sql a statement of Alibaba Cloud
/// @param select the fields of a statement of Huawei Cloud, `where` its condition
public record RuleForm(
        String name,
        @Nullable Boolean enabled,
        @Nullable RuleSource source,
        @Nullable String format,
        @Nullable String sql,
        @Nullable String select,
        @Nullable String where,
        List<RuleAction> actions,
        @Nullable String description) {
    private static final String KIND = "kind";

    /// Lists that are empty or not given let everything pass.
    ///
    /// @param devices names, `*` for any part
    /// @param topics filters with + and #
    /// @param space the resource space the products must be in
    public record RuleSource(
            @Nullable List<Event.Kind> kinds,
            @Nullable List<String> products,
            @Nullable List<String> devices,
            @Nullable List<String> topics,
            @Nullable String space) {
        private static final RuleSource ALL = new RuleSource(null, null, null, null, null);

        static RuleSource of(Rule.Source source) {
            return new RuleSource(
                    source.kinds().stream().sorted().toList(),
                    source.products().stream().sorted().toList(),
                    source.devices(),
                    source.topics().stream().map(TopicFilter::text).toList(),
                    source.space().isEmpty() ? null : source.space());
        }

        private Rule.Source read() {
            return new Rule.Source(
                    Set.copyOf(given(kinds)),
                    Set.copyOf(given(products)),
                    given(devices),
                    given(topics).stream().map(TopicFilter::new).toList(),
                    Objects.requireNonNullElse(space, ""));
        }
    }

    /// @param id the kind of the destination when it is not given
    /// @param destination its `kind`, and what that kind is told
    public record RuleAction(
            @Nullable String id,
            @Nullable ObjectNode destination,
            @Nullable RulePolicy policy) {
        private Rule.Action read() {
            require(destination != null, "an action lacks its \"destination\"");
            SequencedMap<String, Value> settings = new LinkedHashMap<>(
                    FreeJson.fields(Objects.requireNonNull(destination)).fields());
            require(
                    settings.remove(KIND) instanceof Value.Text(String _),
                    "a destination lacks its \"kind\": http, mqtt, group, …");
            String kind = destination.path(KIND).stringValue();
            return new Rule.Action(
                    id == null ? kind : id,
                    kind,
                    new Value.Fields(settings),
                    policy == null ? Rule.Policy.DEFAULT : policy.read());
        }

        static ObjectNode destination(String kind, Value.Fields settings) {
            SequencedMap<String, Value> all = new LinkedHashMap<>();
            all.put(KIND, new Value.Text(kind));
            all.putAll(settings.fields());
            return FreeJson.object(new Value.Fields(all));
        }
    }

    /// What is not given is as usual.
    ///
    /// @param perSecond messages a second, 0 for any number
    /// @param keepFor how old a message may get while the destination is in trouble: `24h`; `0s` keeps none
    /// @param keepEvents how many events may wait; 0 keeps none
    /// @param attempts how often a message is tried, 0 for as long as it is kept
    /// @param parallel devices served side by side
    /// @param otherwise the action that gets what this one cannot send
    public record RulePolicy(
            @Nullable Integer perSecond,
            @Nullable String keepFor,
            @Nullable Long keepEvents,
            @Nullable Integer attempts,
            @Nullable Integer parallel,
            @Nullable String otherwise) {
        static RulePolicy of(Rule.Policy policy) {
            return new RulePolicy(
                    policy.perSecond(),
                    Lifetime.of(policy.keepFor()),
                    policy.keepEvents(),
                    policy.attempts(),
                    policy.parallel(),
                    policy.otherwise().isEmpty() ? null : policy.otherwise());
        }

        private Rule.Policy read() {
            Rule.Policy usual = Rule.Policy.DEFAULT;
            return new Rule.Policy(
                    Objects.requireNonNullElse(perSecond, usual.perSecond()),
                    keepFor == null ? usual.keepFor() : Lifetime.parse(keepFor),
                    Objects.requireNonNullElse(keepEvents, usual.keepEvents()),
                    Objects.requireNonNullElse(attempts, usual.attempts()),
                    Objects.requireNonNullElse(parallel, usual.parallel()),
                    Objects.requireNonNullElse(otherwise, usual.otherwise()));
        }
    }

    Rules.Draft draft() {
        require(sql == null || (select == null && where == null), "give either \"sql\" or \"select\" and \"where\"");
        List<Rule.Action> read = new ArrayList<>();
        for (RuleAction action : actions) {
            read.add(action.read());
        }
        return new Rules.Draft(
                name,
                enabled == null || enabled,
                Objects.requireNonNullElse(source, RuleSource.ALL).read(),
                Objects.requireNonNullElseGet(format, this::usualFormat),
                statement(),
                read,
                Objects.requireNonNullElse(description, ""));
    }

    private Rule.Statement statement() {
        if (sql != null) {
            return new Rule.Statement.Sql(sql);
        }
        return select == null && where == null
                ? new Rule.Statement.Whole()
                : new Rule.Statement.SelectWhere(
                        Objects.requireNonNullElse(select, ""), Objects.requireNonNullElse(where, ""));
    }

    private String usualFormat() {
        if (sql != null) {
            return "aliyun";
        }
        return select != null || where != null ? "huawei" : "native";
    }

    private static <T> List<T> given(@Nullable List<T> list) {
        return list == null ? List.of() : list;
    }
}
