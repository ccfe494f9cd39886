package io.berth.testing;

import io.berth.core.Page;
import io.berth.core.audit.AuditRecord;
import io.berth.core.audit.AuditStore;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;

/// Audit records in memory; a cursor is the number of records seen.
public final class MemoryAudit implements AuditStore {
    public final List<AuditRecord> records = new CopyOnWriteArrayList<>();

    @Override
    public void record(AuditRecord record) {
        records.addFirst(record);
    }

    @Override
    public Page<AuditRecord> find(Wanted wanted, Page.Request page) {
        List<AuditRecord> found =
                records.stream().filter(record -> matches(record, wanted)).toList();
        int from = page.cursor().map(Integer::valueOf).orElse(0);
        int to = Math.min(found.size(), from + page.limit());
        return new Page<>(found.subList(from, to), to < found.size() ? Integer.toString(to) : null);
    }

    @Override
    public int forget(Instant before) {
        int all = records.size();
        records.removeIf(record -> record.at().isBefore(before));
        return all - records.size();
    }

    private static boolean matches(AuditRecord record, Wanted wanted) {
        return (wanted.from() == null || !record.at().isBefore(wanted.from()))
                && (wanted.to() == null || record.at().isBefore(wanted.to()))
                && Objects.requireNonNullElse(wanted.caller(), record.caller()).equals(record.caller())
                && Objects.requireNonNullElse(wanted.api(), record.api()).equals(record.api())
                && Objects.requireNonNullElse(wanted.action(), record.action()).equals(record.action())
                && (wanted.target() == null || record.target().startsWith(wanted.target()))
                && (wanted.failed() == null
                        || wanted.failed() != record.outcome().equals(AuditRecord.OK));
    }
}
