package io.berth.core.audit;

import java.time.Instant;

/// One call that was to change something, and what came of it. Names no secret.
///
/// @param caller the name of whoever called
/// @param address where from, without port
/// @param api the word of the application interface: `native`, or of a vendor's dialect
/// @param action the call's own name there
/// @param target what it was about, as the call named it or as what it made is named; empty for nothing in
/// particular
/// @param outcome `ok`, or the name of the problem; where only the call's own interface has a word for it, that
public record AuditRecord(
        Instant at, String caller, String address, String api, String action, String target, String outcome) {
    public static final String OK = "ok";
}
