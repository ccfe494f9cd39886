package io.berth.storage;

import io.berth.core.subscription.CursorStore;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A row per reader and partition, and the newest dead letters of each reader.
final class SqlCursorStore implements CursorStore {
    /// Cursors come in batches of many readers, and go with their group: one writer.
    static final Object LANE = SqlCursorStore.class.getName();

    private final Database database;
    private final int lettersKept;

    /// @param lettersKept dead letters of a reader
    SqlCursorStore(Database database, int lettersKept) {
        this.database = database;
        this.lettersKept = lettersKept;
    }

    @Override
    public Map<Place, Cursor> load() {
        return database
                .read(sql -> sql.list(
                        "SELECT reader, part, floor, settled FROM reader_cursor",
                        row -> Map.entry(place(row), new Cursor(row.number(), row.payload()))))
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    @Override
    public void save(Map<Place, Cursor> changed) {
        List<@Nullable Object[]> rows = new ArrayList<>(changed.size());
        changed.forEach((place, cursor) -> rows.add(new Object[] {
            place.reader(), place.partition(), cursor.floor(), cursor.settled().toBytes()
        }));
        database.write(LANE, sql -> sql.updateAll("""
                        INSERT INTO reader_cursor (reader, part, floor, settled) VALUES (?, ?, ?, ?)
                        ON CONFLICT (reader, part) DO UPDATE SET floor = excluded.floor, settled = excluded.settled""", rows));
    }

    @Override
    public void forget(String reader) {
        database.change(LANE, sql -> forget(sql, reader));
    }

    static void forget(Sql sql, String reader) throws SQLException {
        sql.update("DELETE FROM reader_cursor WHERE reader = ?", reader);
        sql.update("DELETE FROM dead_letter WHERE reader = ?", reader);
    }

    @Override
    public void bury(List<DeadLetter> letters) {
        database.change(LANE, sql -> {
            sql.updateAll("""
                    INSERT INTO dead_letter (reader, part, place, record, attempts, reason)
                    VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (reader, part, place) DO NOTHING""", rows(letters));
            for (String reader :
                    letters.stream().map(letter -> letter.place().reader()).collect(Collectors.toSet())) {
                sql.update("""
                        DELETE FROM dead_letter WHERE reader = ? AND number <= (
                            SELECT number FROM dead_letter WHERE reader = ?
                            ORDER BY number DESC LIMIT 1 OFFSET ?)""", reader, reader, lettersKept);
            }
        });
    }

    @Override
    public List<DeadLetter> deadLetters(String reader, int most) {
        return database.read(sql -> sql.list(
                """
                SELECT reader, part, place, record, attempts, reason FROM dead_letter
                WHERE reader = ? ORDER BY number DESC LIMIT ?""",
                row -> new DeadLetter(place(row), row.number(), row.payload(), (int) row.number(), row.text()),
                reader,
                most));
    }

    private static Place place(Row row) throws SQLException {
        return new Place(row.text(), (int) row.number());
    }

    private static List<@Nullable Object[]> rows(List<DeadLetter> letters) {
        List<@Nullable Object[]> rows = new ArrayList<>(letters.size());
        for (DeadLetter letter : letters) {
            rows.add(new Object[] {
                letter.place().reader(),
                letter.place().partition(),
                letter.offset(),
                letter.record().toBytes(),
                letter.attempts(),
                letter.reason()
            });
        }
        return rows;
    }
}
