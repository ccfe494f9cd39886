package io.berth.storage;

import io.berth.binary.ValueCodec;
import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.message.Event;
import io.berth.core.rule.Rule;
import io.berth.core.rule.Rule.Statement;
import io.berth.core.rule.RuleStore;
import io.berth.core.topic.TopicFilter;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Rules, each with its actions in order.
final class SqlRuleStore implements RuleStore {
    private static final String LANE = "rule";
    private static final String COLUMNS =
            "id, name, enabled, kinds, products, devices, topics, format, statement, text, condition, changed,"
                    + " description, space";

    private final Database database;
    private final SecretCipher cipher;

    SqlRuleStore(Database database, SecretCipher cipher) {
        this.database = database;
        this.cipher = cipher;
    }

    /// What the columns of a statement hold.
    private enum Form {
        WHOLE,
        SQL,
        SELECT_WHERE
    }

    @Override
    public void insert(Rule rule) {
        database.change(LANE, sql -> {
            if (sql.update(
                            "INSERT INTO rule (" + COLUMNS + ") VALUES " + Sql.values(14, 1)
                                    + " ON CONFLICT DO NOTHING",
                            columns(rule))
                    == 0) {
                throw taken(rule.name());
            }
            insertActions(sql, rule);
        });
    }

    @Override
    public void update(Rule rule) {
        database.change(LANE, sql -> {
            if (sql.exists("SELECT 1 FROM rule WHERE name = ? AND id <> ?", rule.name(), rule.id())) {
                throw taken(rule.name());
            }
            if (sql.update("DELETE FROM rule WHERE id = ?", rule.id()) == 0) {
                throw missing(rule.id());
            }
            sql.update("INSERT INTO rule (" + COLUMNS + ") VALUES " + Sql.values(14, 1), columns(rule));
            insertActions(sql, rule);
        });
    }

    @Override
    public void delete(String id) {
        database.change(LANE, sql -> {
            if (sql.update("DELETE FROM rule WHERE id = ?", id) == 0) {
                throw missing(id);
            }
        });
    }

    @Override
    public List<Rule> list() {
        return database.read(sql -> {
            Map<String, List<Rule.Action>> actions = new HashMap<>();
            sql.list("""
                    SELECT rule, id, kind, settings, per_second, keep_for, keep_events, attempts, parallel, otherwise
                    FROM rule_action ORDER BY rule, position""", row -> {
                String rule = row.text();
                return actions.computeIfAbsent(rule, _ -> new ArrayList<>()).add(action(rule, row));
            });
            return sql.list("SELECT " + COLUMNS + " FROM rule ORDER BY name", row -> rule(row, actions));
        });
    }

    private void insertActions(Sql sql, Rule rule) throws SQLException {
        List<@Nullable Object[]> rows = new ArrayList<>();
        for (Rule.Action action : rule.actions()) {
            Rule.Policy policy = action.policy();
            rows.add(new Object[] {
                rule.id(),
                rows.size(),
                action.id(),
                action.kind(),
                cipher.seal(ValueCodec.encode(action.settings()), SecretCipher.rowOfAction(rule.id(), action.id())),
                policy.perSecond(),
                policy.keepFor().toMillis(),
                policy.keepEvents(),
                policy.attempts(),
                policy.parallel(),
                policy.otherwise()
            });
        }
        sql.updateAll("""
                INSERT INTO rule_action (rule, position, id, kind, settings, per_second, keep_for, keep_events, attempts,
                    parallel, otherwise)
                VALUES\s""" + Sql.values(11, 1), rows);
    }

    private Rule.Action action(String rule, Row row) throws SQLException {
        String id = row.text();
        return new Rule.Action(
                id,
                row.text(),
                ValueCodec.decodeFields(cipher.openBytes(row.bytes(), SecretCipher.rowOfAction(rule, id))),
                new Rule.Policy(
                        (int) row.number(),
                        Duration.ofMillis(row.number()),
                        row.number(),
                        (int) row.number(),
                        (int) row.number(),
                        row.text()));
    }

    private static @Nullable Object[] columns(Rule rule) {
        Rule.Source source = rule.source();
        Form form = switch (rule.statement()) {
            case Statement.Whole _ -> Form.WHOLE;
            case Statement.Sql _ -> Form.SQL;
            case Statement.SelectWhere _ -> Form.SELECT_WHERE;
        };
        String text = switch (rule.statement()) {
            case Statement.Whole _ -> "";
            case Statement.Sql(String sql) -> sql;
            case Statement.SelectWhere(String select, String _) -> select;
        };
        return new Object[] {
            rule.id(),
            rule.name(),
            rule.enabled(),
            source.kinds().stream().map(Enum::name).sorted().collect(Collectors.joining(",")),
            lines(source.products().stream().sorted().toList()),
            lines(source.devices()),
            lines(source.topics().stream().map(TopicFilter::text).toList()),
            rule.format(),
            form,
            text,
            rule.statement() instanceof Statement.SelectWhere(String _, String where) ? where : "",
            rule.changed(),
            rule.description(),
            source.space()
        };
    }

    private static Rule rule(Row row, Map<String, List<Rule.Action>> actions) throws SQLException {
        String id = row.text();
        String name = row.text();
        boolean enabled = row.flag();
        Set<Event.Kind> kinds = split(row.text(), ",").map(Event.Kind::valueOf).collect(Collectors.toSet());
        Set<String> products = split(row.text(), "\n").collect(Collectors.toSet());
        List<String> devices = split(row.text(), "\n").toList();
        List<TopicFilter> topics = split(row.text(), "\n").map(TopicFilter::new).toList();
        String format = row.text();
        Statement statement = statement(row.word(Form.class), row.text(), row.text());
        Instant changed = row.instant();
        String description = row.text();
        return new Rule(
                id,
                name,
                enabled,
                new Rule.Source(kinds, products, devices, topics, row.text()),
                format,
                statement,
                actions.getOrDefault(id, List.of()),
                changed,
                description);
    }

    private static Statement statement(Form form, String text, String condition) {
        return switch (form) {
            case WHOLE -> new Statement.Whole();
            case SQL -> new Statement.Sql(text);
            case SELECT_WHERE -> new Statement.SelectWhere(text, condition);
        };
    }

    private static String lines(Collection<String> texts) {
        return String.join("\n", texts);
    }

    private static Stream<String> split(String texts, String separator) {
        return texts.isEmpty() ? Stream.empty() : Stream.of(texts.split(separator));
    }

    private static ProblemException taken(String name) {
        return new ProblemException(Problem.RULE_EXISTS, "a rule is called \"" + name + "\" already");
    }

    private static ProblemException missing(String id) {
        return new ProblemException(Problem.NOT_FOUND, "there is no rule \"" + id + "\"");
    }
}
