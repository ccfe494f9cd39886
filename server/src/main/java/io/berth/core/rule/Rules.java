package io.berth.core.rule;

import static io.berth.core.ProblemException.require;

import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.Value;
import io.berth.core.product.Products;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// The rules. Changes block and work at once; any thread.
public final class Rules {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int TIME_DIGITS = 12;
    private static final int CHANCE_DIGITS = 12;

    private final RuleStore store;
    private final RuleEngine engine;
    private final Products products;
    private final Limits limits;
    private final InstantSource clock;
    private long lastId;

    public Rules(RuleStore store, RuleEngine engine, Products products, Limits limits, InstantSource clock) {
        this.store = store;
        this.engine = engine;
        this.products = products;
        this.limits = limits;
        this.clock = clock;
    }

    /// @param maxRules how many there may be
    /// @param maxActions how many actions one of them may have
    public record Limits(int maxRules, int maxActions) {}

    /// A rule as somebody wants it.
    public record Draft(
            String name,
            boolean enabled,
            Rule.Source source,
            String format,
            Rule.Statement statement,
            List<Rule.Action> actions,
            String description) {
        public Draft {
            actions = List.copyOf(actions);
        }

        /// The rule as it is.
        public static Draft of(Rule rule) {
            return new Draft(
                    rule.name(),
                    rule.enabled(),
                    rule.source(),
                    rule.format(),
                    rule.statement(),
                    rule.actions(),
                    rule.description());
        }

        public Draft with(List<Rule.Action> wanted) {
            return new Draft(name, enabled, source, format, statement, wanted, description);
        }
    }

    /// A rule that was stopped.
    ///
    /// @param gaveUp events that waited for its actions, one that waited for two counted twice
    public record Disabled(Rule rule, long gaveUp) {}

    /// Lets the stored rules work, after a start.
    public void start() {
        store.list().forEach(engine::run);
    }

    public synchronized Rule create(Draft draft) {
        if (store.list().size() >= limits.maxRules()) {
            throw new ProblemException(Problem.LIMIT_REACHED, "there are at most " + limits.maxRules() + " rules");
        }
        Rule rule = checked(rule(nextId(), draft));
        store.insert(rule);
        engine.run(rule);
        return rule;
    }

    /// Replaces all of a rule; secrets given as `***` stay what they were.
    public synchronized Rule update(String nameOrId, Draft draft) {
        Rule before = get(nameOrId);
        return replace(checked(engine.unmasked(rule(before.id(), draft), before)));
    }

    /// Changes a rule in one step that no other change comes between; else as [#update].
    public synchronized Rule change(String nameOrId, UnaryOperator<Draft> change) {
        return update(nameOrId, change.apply(Draft.of(get(nameOrId))));
    }

    /// An id for a rule or an action: 24 hexadecimal digits that grow with time.
    public synchronized String nextId() {
        lastId = Math.max(lastId + 1, clock.millis());
        HexFormat hex = HexFormat.of();
        return hex.toHexDigits(lastId, TIME_DIGITS) + hex.toHexDigits(RANDOM.nextLong(1L << 48), CHANCE_DIGITS);
    }

    /// Lets a rule work.
    public synchronized Rule enable(String nameOrId) {
        return replace(get(nameOrId).enabled(true, clock.instant()));
    }

    /// Stops a rule and gives up what waits for its actions.
    public synchronized Disabled disable(String nameOrId) {
        Rule rule = get(nameOrId);
        long waiting = engine.states(rule).stream()
                .mapToLong(RuleEngine.ActionState::waiting)
                .sum();
        return new Disabled(replace(rule.enabled(false, clock.instant())), waiting);
    }

    public synchronized void delete(String nameOrId) {
        Rule rule = get(nameOrId);
        store.delete(rule.id());
        engine.forget(rule);
    }

    /// By name.
    public List<Rule> list() {
        return store.list();
    }

    public Rule get(String nameOrId) {
        return list().stream()
                .filter(rule -> rule.id().equals(nameOrId) || rule.name().equals(nameOrId))
                .findFirst()
                .orElseThrow(() -> new ProblemException(Problem.NOT_FOUND, "there is no rule \"" + nameOrId + "\""));
    }

    /// The action of this id; the only one when none is named.
    public Rule.Action action(Rule rule, Optional<String> id) {
        require(
                id.isPresent() || rule.actions().size() == 1,
                "rule \"" + rule.name() + "\" has " + rule.actions().size() + " actions: name one");
        return rule.actions().stream()
                .filter(action -> id.isEmpty() || action.id().equals(id.get()))
                .findFirst()
                .orElseThrow(() -> new ProblemException(
                        Problem.NOT_FOUND, "rule \"" + rule.name() + "\" has no action \"" + id.orElse("") + "\""));
    }

    /// What a rule that need not be stored makes of a message.
    public RuleEngine.Trial tryOut(Draft draft, RuleEngine.Sample sample) {
        return engine.tryOut(rule("", draft), sample);
    }

    public RuleEngine.Trial tryOut(Rule rule, RuleEngine.Sample sample) {
        return engine.tryOut(rule, sample);
    }

    public RuleEngine.Test test(Rule rule, Rule.Action action, Optional<RuleEngine.Sample> sample) {
        return engine.test(rule, action, sample);
    }

    public List<RuleEngine.ActionState> states(Rule rule) {
        return engine.states(rule);
    }

    public Value.Fields shown(Rule.Action action) {
        return engine.shown(action);
    }

    private Rule replace(Rule rule) {
        store.update(rule);
        engine.run(rule);
        return rule;
    }

    private Rule checked(Rule rule) {
        require(rule.actions().size() <= limits.maxActions(), "a rule has at most " + limits.maxActions() + " actions");
        rule.source().products().forEach(products::get);
        return engine.checked(rule);
    }

    private Rule rule(String id, Draft draft) {
        return new Rule(
                id,
                draft.name(),
                draft.enabled(),
                draft.source(),
                draft.format(),
                draft.statement(),
                draft.actions(),
                clock.instant(),
                draft.description());
    }
}
