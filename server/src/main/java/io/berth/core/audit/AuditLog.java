package io.berth.core.audit;

/// Where audit records are kept. Blocking: what was recorded is durable when the call returns. Any thread.
@FunctionalInterface
public interface AuditLog {
    void record(AuditRecord record);
}
