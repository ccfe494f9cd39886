package io.berth.stream.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/// What a start does with the file: it makes its tables, looks whether its newest rows are whole, and finds out
/// where the log goes on.
final class LogStart {
    /// What is looked at, from the end backwards: more than a lost cache of a disk takes along.
    private static final long CHECKED_BYTES = 4 << 20;

    /// Damaged rows kept for whoever wants to look into them.
    private static final int DAMAGED_KEPT = 100;

    private static final int MICROS_PER_MILLI = 1_000;

    private final LogFile file;
    private final Damage damage;
    private final InstantSource clock;

    LogStart(LogFile file, Damage damage, InstantSource clock) {
        this.file = file;
        this.damage = damage;
        this.clock = clock;
    }

    /// @param first where the oldest row begins
    /// @param next where the next event goes
    /// @param until the newest time so far, in milliseconds
    record Found(long first, long next, long until) {}

    Found run() throws SQLException {
        try (Connection connection = file.connect()) {
            file.createTables(connection);
        }
        try (RowReader reader = new RowReader(file)) {
            List<Row> damaged = new ArrayList<>();
            Newest newest = new Newest(damaged);
            reader.rowsBackwards(newest::look);
            setAside(damaged);
            // a file begun anew goes on where no earlier one can have come: fewer than a million events a second
            long unused = reader.unusedFrom().orElse(clock.millis() * MICROS_PER_MILLI);
            long next = Math.max(newest.end, unused);
            return new Found(reader.firstAfter(Long.MIN_VALUE).orElse(next), next, newest.until);
        }
    }

    /// Looks at rows from the newest on.
    private static final class Newest {
        private final List<Row> damaged;
        private long checked;
        private long end = Long.MIN_VALUE;
        private long until = Long.MIN_VALUE;

        Newest(List<Row> damaged) {
            this.damaged = damaged;
        }

        boolean look(Row row) {
            if (row.isIntact()) {
                end = Math.max(end, row.end());
                until = Math.max(until, row.until());
            } else {
                damaged.add(row);
            }
            checked += row.octets().size();
            return checked < CHECKED_BYTES;
        }
    }

    /// The place of a damaged row may be needed: its offset is damaged, too, for all one knows.
    private void setAside(List<Row> damaged) throws SQLException {
        if (damaged.isEmpty()) {
            damage.none();
            return;
        }
        damaged.forEach(row -> damage.found(row, "the checksum is wrong"));
        try (Connection connection = file.connect()) {
            connection.setAutoCommit(false);
            for (Row row : damaged) {
                change(connection, "INSERT INTO damaged SELECT * FROM batch WHERE first = ?", row.first());
                change(connection, "DELETE FROM batch WHERE first = ?", row.first());
            }
            change(connection, "DELETE FROM damaged WHERE rowid <= (SELECT MAX(rowid) FROM damaged) - ?", DAMAGED_KEPT);
            connection.commit();
        }
    }

    private static void change(Connection connection, String sql, long value) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, value);
            statement.executeUpdate();
        }
    }
}
