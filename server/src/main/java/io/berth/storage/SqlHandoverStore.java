package io.berth.storage;

import io.berth.core.login.Handover.Note;
import io.berth.core.login.HandoverStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A row per note.
final class SqlHandoverStore implements HandoverStore {
    private static final String LANE = SqlHandoverStore.class.getName();

    private final Database database;

    SqlHandoverStore(Database database) {
        this.database = database;
    }

    @Override
    public Map<String, Note> take(String kind) {
        boolean any = database.read(sql -> sql.one("SELECT 1 FROM handover WHERE kind = ? LIMIT 1", Row::number, kind))
                .isPresent();
        if (!any) {
            return Map.of(); // most starts: they need not wait for a write
        }
        List<Map.Entry<String, Note>> taken = database.write(
                LANE,
                sql -> sql.list(
                        "DELETE FROM handover WHERE kind = ? RETURNING name, value, expires",
                        row -> Map.entry(row.text(), new Note(row.number(), row.instant())),
                        kind));
        return taken.stream().collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    @Override
    public void leave(String kind, Map<String, Note> notes) {
        if (notes.isEmpty()) {
            return;
        }
        List<@Nullable Object[]> rows = new ArrayList<>(notes.size());
        notes.forEach((name, note) -> rows.add(new Object[] {kind, name, note.value(), note.expires()}));
        database.change(LANE, sql -> sql.updateAll("""
                INSERT INTO handover (kind, name, value, expires) VALUES (?, ?, ?, ?)
                ON CONFLICT (kind, name) DO UPDATE SET value = excluded.value, expires = excluded.expires""", rows));
    }
}
