package io.berth.storage;

import io.berth.core.alarm.Alarm;
import io.berth.core.alarm.AlarmStep;
import io.berth.core.alarm.AlarmStore;
import io.berth.core.device.DeviceId;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// Alarms, and the newest of what became of them.
final class SqlAlarmStore implements AlarmStore {
    private static final String LANE = "alarms";
    private static final String ALARM =
            "source, product, device, severity, text, raised, last_raised, times, acknowledged, cleared";
    private static final String STEP = "source, time, change, changed_by, severity, text";

    private final Database database;

    SqlAlarmStore(Database database) {
        this.database = database;
    }

    @Override
    public List<Alarm> list() {
        return database.read(sql -> sql.list("SELECT " + ALARM + " FROM alarm", SqlAlarmStore::alarm));
    }

    @Override
    public CompletionStage<Void> save(Changes changes, int stepsKept) {
        return database.submitChange(LANE, sql -> {
            for (String source : changes.dropped()) {
                sql.update("DELETE FROM alarm WHERE source = ?", source);
            }
            sql.updateAll(
                    "INSERT INTO alarm (" + ALARM + ") VALUES " + Sql.values(10, 1) + " " + """
                    ON CONFLICT (source) DO UPDATE SET product = excluded.product, device = excluded.device,
                    severity = excluded.severity, text = excluded.text, raised = excluded.raised,
                    last_raised = excluded.last_raised, times = excluded.times,
                    acknowledged = excluded.acknowledged, cleared = excluded.cleared""",
                    changes.changed().stream().map(SqlAlarmStore::values).toList());
            if (!changes.steps().isEmpty()) {
                insert(sql, changes.steps(), stepsKept);
            }
        });
    }

    @Override
    public List<AlarmStep> history(String source, int most) {
        return database.read(sql -> sql.list(
                "SELECT " + STEP + " FROM alarm_step WHERE source = ? ORDER BY number DESC LIMIT ?",
                SqlAlarmStore::step,
                source,
                most));
    }

    private static void insert(Sql sql, List<AlarmStep> steps, int stepsKept) throws SQLException {
        sql.updateAll(
                "INSERT INTO alarm_step (" + STEP + ") VALUES " + Sql.values(6, 1),
                steps.stream().map(SqlAlarmStore::values).toList());
        sql.update("""
                DELETE FROM alarm_step
                WHERE number <= (SELECT number FROM alarm_step ORDER BY number DESC LIMIT 1 OFFSET ?)""", stepsKept);
    }

    private static @Nullable Object[] values(Alarm alarm) {
        DeviceId device = alarm.device();
        return new @Nullable Object[] {
            alarm.source(),
            device == null ? null : device.product(),
            device == null ? null : device.name(),
            alarm.severity(),
            alarm.text(),
            alarm.raised(),
            alarm.lastRaised(),
            alarm.times(),
            alarm.acknowledged(),
            alarm.cleared()
        };
    }

    private static @Nullable Object[] values(AlarmStep step) {
        return new @Nullable Object[] {
            step.source(), step.time(), step.change(), step.by(), step.severity(), step.text()
        };
    }

    private static Alarm alarm(Row row) throws SQLException {
        String source = row.text();
        String product = row.textOrNull();
        String device = row.textOrNull();
        return new Alarm(
                source,
                product == null || device == null ? null : new DeviceId(product, device),
                row.word(Alarm.Severity.class),
                row.text(),
                row.instant(),
                row.instant(),
                row.number(),
                row.textOrNull(),
                row.instantOrNull());
    }

    private static AlarmStep step(Row row) throws SQLException {
        return new AlarmStep(
                row.text(),
                row.instant(),
                row.word(AlarmStep.Change.class),
                row.text(),
                row.word(Alarm.Severity.class),
                row.text());
    }
}
