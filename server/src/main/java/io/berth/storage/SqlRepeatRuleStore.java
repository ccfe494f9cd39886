package io.berth.storage;

import io.berth.core.state.RepeatRule;
import io.berth.core.state.RepeatRuleStore;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/// What products take for repetitions, a row for each that was ever asked.
final class SqlRepeatRuleStore implements RepeatRuleStore {
    private static final String ALL = "SELECT product, same_time, same_value FROM repeat_rule";

    private final Database database;

    SqlRepeatRuleStore(Database database) {
        this.database = database;
    }

    @Override
    public List<RepeatRule> list() {
        return database.read(sql -> sql.list(ALL, SqlRepeatRuleStore::rule));
    }

    @Override
    public Optional<RepeatRule> find(String product) {
        return database.read(sql -> sql.one(ALL + " WHERE product = ?", SqlRepeatRuleStore::rule, product));
    }

    @Override
    public void put(RepeatRule rule) {
        database.write(
                rule.product(),
                SqlProductStore.belonging(
                        rule.product(), sql -> sql.update("""
                INSERT INTO repeat_rule (product, same_time, same_value) VALUES (?, ?, ?)
                ON CONFLICT (product) DO UPDATE SET same_time = excluded.same_time,
                    same_value = excluded.same_value""", rule.product(), rule.sameTime(), rule.sameValue())));
    }

    private static RepeatRule rule(Row row) throws SQLException {
        return new RepeatRule(row.text(), row.flag(), row.flag());
    }
}
