package io.berth.stream.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;

/// Adds rows to the file; each is on the disk when its call returns. One thread.
final class RowWriter implements AutoCloseable {
    /// How many offsets are noted as given before they are. When the newest rows are lost with the disk's
    /// cache, those that were in them are not given again.
    private static final long AHEAD = 100_000;

    private final Connection connection;
    private final PreparedStatement insert;
    private final PreparedStatement mark;
    private long unusedFrom;

    RowWriter(LogFile file) throws SQLException {
        this.connection = file.connect();
        this.insert = connection.prepareStatement(
                "INSERT INTO batch (first, count, since, until, checksum, octets) VALUES (?, ?, ?, ?, ?, ?)");
        this.mark = connection.prepareStatement("INSERT INTO mark (id, unused_from) VALUES (1, ?)"
                + " ON CONFLICT (id) DO UPDATE SET unused_from = excluded.unused_from");
    }

    void insert(Row row) throws SQLException {
        if (row.end() + AHEAD / 2 > unusedFrom) {
            mark(row.end() + AHEAD);
        }
        insert.setLong(1, row.first());
        insert.setInt(2, row.count());
        insert.setLong(3, row.since());
        insert.setLong(4, row.until());
        insert.setInt(5, row.checksum());
        insert.setBytes(6, row.octets().toBytes());
        insert.executeUpdate();
    }

    /// Notes that no offset from here on was given.
    void mark(long offset) throws SQLException {
        mark.setLong(1, offset);
        mark.executeUpdate();
        unusedFrom = offset;
    }

    /// Fails when there is no room for so many octets.
    void probe(int bytes) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate("INSERT INTO probe (octets) VALUES (zeroblob(" + bytes + "))");
            statement.executeUpdate("DELETE FROM probe");
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
