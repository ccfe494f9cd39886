package io.berth.api;

import io.berth.api.Route.Nothing;
import io.berth.core.Payload;
import io.berth.core.caller.Area;
import io.berth.core.rule.Rule;
import io.berth.core.rule.Rule.Statement;
import io.berth.core.rule.RuleEngine;
import io.berth.core.rule.RuleEngine.ActionState;
import io.berth.core.rule.RuleEngine.Sample;
import io.berth.core.rule.RuleEngine.Test;
import io.berth.core.rule.RuleEngine.Trial;
import io.berth.core.rule.Rules;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Rules, and a bench to try them on. A rule is named by its name or its id. Secrets of destinations are
/// shown as `***`, and given back so they stay what they were.
public final class RuleRoutes implements NativeApi.Group {
    private final Rules rules;

    public RuleRoutes(Rules rules) {
        this.rules = rules;
    }

    @Override
    public List<Route<?, ?>> routes() {
        String all = "/rules";
        String one = all + "/{rule}";
        return List.of(
                Route.get(all, Demand.read(Area.RULES), "Lists rules", Paging.class, RulePage.class, this::list),
                Route.create(
                                all,
                                Demand.operate(Area.RULES),
                                "Creates a rule",
                                RuleForm.class,
                                ShownRule.class,
                                this::create)
                        .about(RuleForm::name),
                Route.get(
                        one,
                        Demand.read(Area.RULES),
                        "Shows a rule and how its actions are doing",
                        Nothing.class,
                        ShownRule.class,
                        call -> shown(rule(call))),
                Route.post(
                        one,
                        Demand.operate(Area.RULES),
                        "Replaces a rule",
                        RuleForm.class,
                        ShownRule.class,
                        this::update),
                Route.delete(one, Demand.operate(Area.RULES), "Deletes a rule", Nothing.class, this::delete),
                Route.post(
                        one + "/enable",
                        Demand.operate(Area.RULES),
                        "Lets a rule work",
                        Nothing.class,
                        ShownRule.class,
                        call -> shown(rules.enable(call.path("rule")))),
                Route.post(
                        one + "/disable",
                        Demand.operate(Area.RULES),
                        "Stops a rule; gives up what waits for its actions and what it would have sent meanwhile",
                        Nothing.class,
                        DisabledRule.class,
                        call -> DisabledRule.of(rules.disable(call.path("rule")))),
                Route.post(
                                one + "/try",
                                Demand.operate(Area.RULES),
                                "Shows what a rule makes of a message, and sends nothing",
                                RuleSample.class,
                                TriedRule.class,
                                call -> tried(
                                        rules.tryOut(rule(call), call.input().sample())))
                        .unaudited(),
                Route.post(
                                "/rule-trials",
                                Demand.operate(Area.RULES),
                                "Shows what a rule that need not be stored makes of a message",
                                RuleAttempt.class,
                                TriedRule.class,
                                this::attempt)
                        .unaudited(),
                Route.post(
                        one + "/test",
                        Demand.operate(Area.RULES),
                        "Sends one message through an action of a rule, and ends its suspension where the destination took it",
                        ActionTest.class,
                        TestedAction.class,
                        this::test));
    }

    public record RulePage(List<ShownRule> items, @Nullable String next) {}

    /// @param sql set in a rule with a statement of Alibaba Cloud
    /// @param select set, with `where`, in a rule with a statement of Huawei Cloud
    public record ShownRule(
            String id,
            String name,
            boolean enabled,
            RuleForm.RuleSource source,
            String format,
            @Nullable String sql,
            @Nullable String select,
            @Nullable String where,
            List<ShownAction> actions,
            Instant changed,
            @Nullable String description) {}

    /// @param gaveUp events that waited for its actions, one that waited for two counted twice
    public record DisabledRule(String id, String name, boolean enabled, long gaveUp) {
        private static DisabledRule of(Rules.Disabled disabled) {
            Rule rule = disabled.rule();
            return new DisabledRule(rule.id(), rule.name(), rule.enabled(), disabled.gaveUp());
        }
    }

    /// @param state null while the rule does not run
    public record ShownAction(
            String id,
            ObjectNode destination,
            RuleForm.RulePolicy policy,
            @Nullable ShownActionState state) {}

    /// How an action is doing; counts begin at the start of the server.
    ///
    /// @param refused messages given up: the destination refused them, or they were too old or tried too often
    /// @param lastRefusal why the last of them was, null when there was none
    /// @param dropped events given up unread because `keepFor` or `keepEvents` was reached
    public record ShownActionState(
            long matched,
            long sent,
            long failed,
            long refused,
            @Nullable ShownRefusal lastRefusal,
            long faulted,
            long dropped,
            long waiting,
            @Nullable Instant oldest,
            @Nullable String trouble,
            @Nullable Instant suspendedUntil) {
        private static ShownActionState of(ActionState state) {
            return new ShownActionState(
                    state.matched(),
                    state.sent(),
                    state.failed(),
                    state.refused(),
                    ShownRefusal.of(state.lastRefusal()),
                    state.faulted(),
                    state.dropped(),
                    state.waiting(),
                    state.oldest(),
                    state.trouble().isEmpty() ? null : state.trouble(),
                    state.suspendedUntil());
        }
    }

    /// Why a message was given up last.
    public record ShownRefusal(Instant time, String reason) {
        private static @Nullable ShownRefusal of(RuleEngine.@Nullable Refusal refusal) {
            return refusal == null ? null : new ShownRefusal(refusal.time(), refusal.reason());
        }
    }

    /// A message in the words of the rule's format.
    ///
    /// @param text the message, or `base64`
    public record RuleSample(
            @Nullable String topic,
            @Nullable String text,
            @Nullable String base64) {
        private Sample sample() {
            return new Sample(Objects.requireNonNullElse(topic, ""), Content.read(text, base64));
        }
    }

    /// @param rule as it would be created; its actions may be left empty
    public record RuleAttempt(
            RuleForm rule,
            @Nullable String topic,
            @Nullable String text,
            @Nullable String base64) {}

    /// @param outcome `made`, `skipped` or `faulted`
    /// @param text what would be sent, or `base64`
    /// @param detail why it was skipped or faulted
    public record TriedRule(
            String outcome,
            @Nullable String text,
            @Nullable String base64,
            @Nullable String detail) {}

    /// @param action its id; may be left out when there is only one
    /// @param text a message in the words of the rule's format, or `base64`; without either a document that
    /// says that it is a test
    public record ActionTest(
            @Nullable String action,
            @Nullable String topic,
            @Nullable String text,
            @Nullable String base64) {
        private Optional<Sample> sample() {
            return text == null && base64 == null
                    ? Optional.empty()
                    : Optional.of(new RuleSample(topic, text, base64).sample());
        }
    }

    public record TestedAction(boolean delivered, String detail, long millis) {
        private static TestedAction of(Test test) {
            return new TestedAction(test.delivered(), test.detail(), test.took().toMillis());
        }
    }

    private RulePage list(Call<Paging> call) {
        var page = call.input().request();
        String after = page.cursor().orElse("");
        List<Rule> found = rules.list().stream()
                .filter(rule -> rule.name().compareTo(after) > 0)
                .sorted(java.util.Comparator.comparing(Rule::name))
                .limit(page.limit() + 1L)
                .toList();
        boolean more = found.size() > page.limit();
        List<Rule> items = more ? found.subList(0, page.limit()) : found;
        return new RulePage(
                items.stream().map(this::shown).toList(), more ? items.getLast().name() : null);
    }

    private ShownRule create(Call<RuleForm> call) {
        return shown(rules.create(call.input().draft()));
    }

    private ShownRule update(Call<RuleForm> call) {
        return shown(rules.update(call.path("rule"), call.input().draft()));
    }

    private void delete(Call<Nothing> call) {
        rules.delete(call.path("rule"));
    }

    private TriedRule attempt(Call<RuleAttempt> call) {
        RuleAttempt attempt = call.input();
        Payload body = Content.read(attempt.text(), attempt.base64());
        return tried(rules.tryOut(
                attempt.rule().draft(), new Sample(Objects.requireNonNullElse(attempt.topic(), ""), body)));
    }

    private TestedAction test(Call<ActionTest> call) {
        Rule rule = rule(call);
        Rule.Action action = rules.action(rule, Optional.ofNullable(call.input().action()));
        return TestedAction.of(rules.test(rule, action, call.input().sample()));
    }

    private static TriedRule tried(Trial trial) {
        return switch (trial) {
            case Trial.Made(Payload body) -> {
                Content content = Content.of(body);
                yield new TriedRule("made", content.text(), content.base64(), null);
            }
            case Trial.Skipped(String reason) -> new TriedRule("skipped", null, null, reason);
            case Trial.Faulted(String detail) -> new TriedRule("faulted", null, null, detail);
        };
    }

    private Rule rule(Call<?> call) {
        return rules.get(call.path("rule"));
    }

    private ShownRule shown(Rule rule) {
        Map<String, RuleEngine.ActionState> states = new HashMap<>();
        rules.states(rule).forEach(state -> states.put(state.action(), state));
        Statement statement = rule.statement();
        return new ShownRule(
                rule.id(),
                rule.name(),
                rule.enabled(),
                RuleForm.RuleSource.of(rule.source()),
                rule.format(),
                statement instanceof Statement.Sql(String sql) ? sql : null,
                statement instanceof Statement.SelectWhere(String select, String _) ? select : null,
                statement instanceof Statement.SelectWhere(String _, String where) ? where : null,
                rule.actions().stream()
                        .map(action -> shown(action, states.get(action.id())))
                        .toList(),
                rule.changed(),
                rule.description().isEmpty() ? null : rule.description());
    }

    private ShownAction shown(Rule.Action action, @Nullable ActionState state) {
        return new ShownAction(
                action.id(),
                RuleForm.RuleAction.destination(action.kind(), rules.shown(action)),
                RuleForm.RulePolicy.of(action.policy()),
                state == null ? null : ShownActionState.of(state));
    }
}
