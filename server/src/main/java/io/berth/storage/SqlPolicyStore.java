package io.berth.storage;

import io.berth.core.rule.BacklogPolicy;
import io.berth.core.rule.FlowPolicy;
import io.berth.core.rule.FlowPolicy.Scope;
import io.berth.core.rule.PolicyStore;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/// Policies over all rules.
final class SqlPolicyStore implements PolicyStore {
    private static final String LANE = "policy";

    private final Database database;

    SqlPolicyStore(Database database) {
        this.database = database;
    }

    /// What the columns of a scope hold.
    private enum Form {
        EVERYTHING,
        KIND,
        RULE,
        ACTION
    }

    @Override
    public void put(FlowPolicy policy) {
        Form form = switch (policy.scope()) {
            case Scope.Everything _ -> Form.EVERYTHING;
            case Scope.OfKind _ -> Form.KIND;
            case Scope.OfRule _ -> Form.RULE;
            case Scope.OfAction _ -> Form.ACTION;
        };
        String target = switch (policy.scope()) {
            case Scope.Everything _ -> "";
            case Scope.OfKind(String kind) -> kind;
            case Scope.OfRule(String rule) -> rule;
            case Scope.OfAction(String rule, String _) -> rule;
        };
        database.change(
                LANE,
                sql -> sql.update(
                        """
                INSERT INTO flow_policy (id, name, description, scope, target, action, per_second)
                VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET
                    name = excluded.name, description = excluded.description, scope = excluded.scope,
                    target = excluded.target, action = excluded.action, per_second = excluded.per_second""",
                        policy.id(),
                        policy.name(),
                        policy.description(),
                        form,
                        target,
                        policy.scope() instanceof Scope.OfAction(String _, String action) ? action : "",
                        policy.perSecond()));
    }

    @Override
    public void put(BacklogPolicy policy) {
        database.change(
                LANE,
                sql -> sql.update(
                        """
                INSERT INTO backlog_policy (id, name, description, max_octets, max_age)
                VALUES (?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET
                    name = excluded.name, description = excluded.description,
                    max_octets = excluded.max_octets, max_age = excluded.max_age""",
                        policy.id(),
                        policy.name(),
                        policy.description(),
                        policy.maxOctets(),
                        policy.maxAge().toMillis()));
    }

    @Override
    public void delete(String id) {
        database.change(LANE, sql -> {
            sql.update("DELETE FROM flow_policy WHERE id = ?", id);
            sql.update("DELETE FROM backlog_policy WHERE id = ?", id);
        });
    }

    @Override
    public List<FlowPolicy> flows() {
        return database.read(sql -> sql.list(
                "SELECT id, name, description, scope, target, action, per_second FROM flow_policy ORDER BY id",
                SqlPolicyStore::flow));
    }

    @Override
    public List<BacklogPolicy> backlogs() {
        return database.read(sql -> sql.list(
                "SELECT id, name, description, max_octets, max_age FROM backlog_policy ORDER BY id",
                SqlPolicyStore::backlog));
    }

    private static FlowPolicy flow(Row row) throws SQLException {
        return new FlowPolicy(
                row.text(), row.text(), row.text(), scope(row.word(Form.class), row.text(), row.text()), (int)
                        row.number());
    }

    private static BacklogPolicy backlog(Row row) throws SQLException {
        return new BacklogPolicy(row.text(), row.text(), row.text(), row.number(), Duration.ofMillis(row.number()));
    }

    private static Scope scope(Form form, String target, String action) {
        return switch (form) {
            case EVERYTHING -> new Scope.Everything();
            case KIND -> new Scope.OfKind(target);
            case RULE -> new Scope.OfRule(target);
            case ACTION -> new Scope.OfAction(target, action);
        };
    }
}
