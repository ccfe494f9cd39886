package io.berth.rule.postgresql;

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
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/// Inserts a row for each message.
public final class PostgreSqlDestination implements Destination {
    private final Columns columns;
    private final Patience patience;
    private final RowSession.Opener opener;
    private final Spares<RowSession> sessions = new Spares<>();

    public PostgreSqlDestination(DestinationConfig.PostgreSql config, OutboundGate gate, RuleConfig limits) {
        this.columns = Columns.of(config.columns());
        this.patience = new Patience(limits.sendTimeout());
        this.opener = new RowSession.Opener(
                config,
                columns.insert(config.table(), PostgreSqlDestination::quoted),
                DriverWay.of(config, gate),
                limits.sendTimeout());
    }

    @Override
    public Outcome send(Outgoing message) throws InterruptedException {
        List<Value> row = columns.values(message);
        return patience.with(() -> insert(row));
    }

    @Override
    public void close() {
        sessions.close();
    }

    private Outcome insert(List<Value> row) {
        try {
            RowSession session = session();
            try {
                session.insert(row);
            } catch (SQLException e) {
                if (!isAboutTheRow(e)) {
                    session.close();
                    throw e;
                }
                sessions.giveBack(session);
                return new Outcome.Refused(said(e));
            }
            sessions.giveBack(session);
            return Outcome.DONE;
        } catch (SQLException e) {
            return Outcome.retry(said(e));
        }
    }

    private RowSession session() throws SQLException {
        Optional<RowSession> spare = sessions.take();
        return spare.isPresent() ? spare.get() : opener.open();
    }

    /// Data, constraints, checks of a view, limits of a row, and what a trigger raises.
    private static boolean isAboutTheRow(SQLException e) {
        String state = Objects.requireNonNullElse(e.getSQLState(), "");
        return List.of("22", "23", "44", "54", "P0").contains(state.substring(0, Math.min(2, state.length())));
    }

    /// The server's own words without its details, which repeat the row.
    private static String said(SQLException e) {
        ServerErrorMessage said = e instanceof PSQLException ours ? ours.getServerErrorMessage() : null;
        if (said != null && said.getMessage() != null) {
            return "it said: " + said.getMessage();
        }
        return Trouble.said(e);
    }

    private static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }
}
