package io.berth.storage;

import io.berth.binary.ValueCodec.Out;
import io.berth.core.device.DeviceId;
import io.berth.storage.ThingJournal.Replayed;
import io.berth.storage.ThingRows.Stored;
import java.util.List;
import java.util.Map;

/// Brings back into memory what an earlier process made durable and did not fold. Entries a row has already are
/// left out, by their number.
final class ThingReplay {
    private ThingReplay() {}

    static void run(Database database, ThingMemory memory) {
        long row = Long.MIN_VALUE;
        while (true) {
            long after = row;
            List<Replayed> entries = database.read(sql -> ThingJournal.rowAfter(sql, after));
            if (entries.isEmpty()) {
                return;
            }
            restore(database, memory, entries);
            entries.forEach(entry -> replay(memory, entry));
            row = entries.getFirst().number();
        }
    }

    private static void restore(Database database, ThingMemory memory, List<Replayed> entries) {
        List<DeviceId> unknown = entries.stream()
                .map(Replayed::device)
                .distinct()
                .filter(device -> !memory.knows(device))
                .toList();
        Map<DeviceId, Stored> rows = database.read(sql -> ThingRows.read(sql, unknown));
        for (DeviceId device : unknown) {
            Stored stored = rows.getOrDefault(device, Stored.NOTHING);
            memory.restore(device, stored.row(), stored.folded());
        }
    }

    private static void replay(ThingMemory memory, Replayed entry) {
        if (entry.entry() instanceof ThingEntry.Forgotten) {
            memory.forget(entry.device(), entry.number());
        } else {
            Out bytes = new Out();
            ThingEntryCodec.write(entry.entry(), bytes);
            memory.remember(entry.device(), entry.number(), bytes);
        }
    }
}
