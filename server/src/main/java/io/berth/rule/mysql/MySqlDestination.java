package io.berth.rule.mysql;

import io.berth.core.Value;
import io.berth.rule.Columns;
import io.berth.rule.Destination;
import io.berth.rule.DestinationConfig;
import io.berth.rule.OutboundGate;
import io.berth.rule.Outgoing;
import io.berth.rule.Patience;
import io.berth.rule.RuleConfig;
import io.berth.rule.Spares;
import io.berth.rule.Trouble;
import io.vertx.mysqlclient.MySQLException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;

/// Inserts a row for each message.
public final class MySqlDestination implements Destination {
    /// What a strict server says of a row under the general class of states: a value that is none of the
    /// column's (1366), cut (1265), missing where it must not be (1364), against a check (3819, 4025), or a
    /// row larger than a packet or a page may be (1153, 1118).
    private static final Set<Integer> ABOUT_THE_ROW = Set.of(1366, 1265, 1364, 3819, 4025, 1153, 1118);

    private final Columns columns;
    private final Patience patience;
    private final MySqlClient client;
    private final RowSession.Statements statements;
    private final Spares<RowSession> sessions = new Spares<>();

    public MySqlDestination(DestinationConfig.MySql config, OutboundGate gate, RuleConfig limits) {
        this.columns = Columns.of(config.columns());
        this.patience = new Patience(limits.sendTimeout());
        this.client = new MySqlClient(config, gate);
        this.statements = RowSession.Statements.of(columns, config.table());
    }

    @Override
    public Outcome send(Outgoing message) throws InterruptedException {
        List<Value> row = columns.values(message);
        return patience.with(() -> insert(row));
    }

    @Override
    public void close() {
        sessions.close();
        client.close();
    }

    private Outcome insert(List<Value> row) throws InterruptedException {
        try {
            RowSession session = session();
            boolean whole = false;
            try {
                session.insert(row);
                whole = true;
            } catch (ExecutionException e) {
                whole = isAboutTheRow(e);
                throw e;
            } finally {
                if (whole) {
                    sessions.giveBack(session);
                } else {
                    session.close();
                }
            }
            return Outcome.DONE;
        } catch (ExecutionException e) {
            return isAboutTheRow(e) ? new Outcome.Refused(said(e)) : Outcome.retry(said(e));
        } catch (UnknownHostException e) {
            return Outcome.retry(Trouble.said(e));
        }
    }

    private RowSession session() throws UnknownHostException, ExecutionException, InterruptedException {
        Optional<RowSession> spare = sessions.take();
        return spare.isPresent() ? spare.get() : RowSession.open(client.connect(), statements);
    }

    /// Data, constraints, what a trigger raises, and what has no class of its own.
    private static boolean isAboutTheRow(ExecutionException e) {
        if (!(e.getCause() instanceof MySQLException said)) {
            return false;
        }
        String state = Objects.requireNonNullElse(said.getSqlState(), "");
        return state.startsWith("22")
                || state.startsWith("23")
                || state.startsWith("45")
                || ABOUT_THE_ROW.contains(said.getErrorCode());
    }

    private static String said(ExecutionException e) {
        return Trouble.said(e.getCause() == null ? e : e.getCause());
    }
}
