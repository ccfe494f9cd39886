package io.berth.storage;

import static io.berth.storage.Samples.NOW;
import static io.berth.testing.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.berth.core.Problem;
import io.berth.core.Value;
import io.berth.core.message.Event;
import io.berth.core.rule.Rule;
import io.berth.core.rule.Rule.Policy;
import io.berth.core.rule.Rule.Source;
import io.berth.core.rule.Rule.Statement;
import io.berth.core.rule.RuleStore;
import io.berth.core.topic.TopicFilter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource
final class RuleStoreTest {
    private static final Source ALL = new Source(Set.of(), Set.of(), List.of(), List.of());

    private final TestEngine engine;

    @TempDir
    Path directory;

    private Storage storage;
    private RuleStore rules;

    RuleStoreTest(TestEngine engine) {
        this.engine = engine;
    }

    @BeforeEach
    void open() {
        storage = engine.open(directory, () -> NOW);
        rules = storage.rules();
    }

    @AfterEach
    void close() {
        storage.close();
    }

    @Test
    void keeps_everything_of_a_rule() {
        Source source = new Source(
                Set.of(Event.Kind.STATUS, Event.Kind.MESSAGE),
                Set.of("a1", "a2"),
                List.of("pump-*", "lamp"),
                List.of(new TopicFilter("/a1/+/user/#"), new TopicFilter("$oc/#")));
        Rule whole = rule("1", "b", ALL, new Statement.Whole(), action("x", "secret"));
        Rule sql = rule("2", "a", source, new Statement.Sql("SELECT\n*"), action("x", "s"), action("y", "t"));
        Rule pair = rule("3", "规则", ALL, new Statement.SelectWhere("", "a > 1"), action("x", "u"));
        List.of(whole, sql, pair).forEach(rules::insert);

        assertThat(rules.list()).containsExactly(sql, whole, pair);
    }

    @Test
    void a_rule_is_replaced_as_a_whole() {
        rules.insert(rule("1", "a", ALL, new Statement.Whole(), action("x", "s"), action("y", "s")));
        Rule changed = rule("1", "b", ALL, new Statement.Sql("SELECT 1"), action("z", "t"));

        rules.update(changed);

        assertThat(rules.list()).containsExactly(changed);
    }

    @Test
    void names_are_unique_and_what_is_not_there_is_not_changed() {
        Rule first = rule("1", "a", ALL, new Statement.Whole(), action("x", "s"));
        rules.insert(first);
        rules.insert(rule("2", "b", ALL, new Statement.Whole(), action("x", "s")));

        assertRefused(Problem.RULE_EXISTS, () -> rules.insert(rule("3", "a", ALL, new Statement.Whole())));
        assertRefused(Problem.RULE_EXISTS, () -> rules.update(rule("2", "a", ALL, new Statement.Whole())));
        assertRefused(Problem.NOT_FOUND, () -> rules.update(rule("4", "c", ALL, new Statement.Whole())));
        assertRefused(Problem.NOT_FOUND, () -> rules.delete("4"));
        assertThat(rules.list()).hasSize(2).contains(first);
    }

    @Test
    void a_deleted_rule_is_gone() {
        rules.insert(rule("1", "a", ALL, new Statement.Whole(), action("x", "s")));

        rules.delete("1");

        assertThat(rules.list()).isEmpty();
        rules.insert(rule("1", "a", ALL, new Statement.Whole(), action("x", "s")));
    }

    @Test
    void passwords_do_not_stand_in_the_file() throws IOException {
        rules.insert(rule("1", "a", ALL, new Statement.Whole(), action("x", "a-telling-password")));
        storage.close();

        try (var files = Files.list(directory)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                        .doesNotContain("a-telling-password");
            }
        }
        storage = engine.open(directory, () -> NOW);
    }

    private static Rule rule(String id, String name, Source source, Statement statement, Rule.Action... actions) {
        return new Rule(id, name, id.equals("1"), source, "native", statement, List.of(actions), NOW, "for " + id);
    }

    private static Rule.Action action(String id, String password) {
        return new Rule.Action(
                id,
                "http",
                new Value.Fields(Map.of("password", new Value.Text(password), "port", new Value.Whole(80))),
                new Policy(5, Duration.ofMinutes(7), 1_000_000_000_000L, 3, 4, ""));
    }
}
