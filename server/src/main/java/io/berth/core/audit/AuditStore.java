package io.berth.core.audit;

import io.berth.core.Page;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The records, for those who look back at them. Blocking.
public interface AuditStore extends AuditLog {
    /// The newest first.
    Page<AuditRecord> find(Wanted wanted, Page.Request page);

    /// Forgets what is older; how many records that was.
    int forget(Instant before);

    /// Which records; null: whatever it is.
    ///
    /// @param from included
    /// @param to not included
    /// @param target how the target begins
    /// @param failed whether the call was refused or went wrong
    record Wanted(
            @Nullable Instant from,
            @Nullable Instant to,
            @Nullable String caller,
            @Nullable String api,
            @Nullable String action,
            @Nullable String target,
            @Nullable Boolean failed) {}
}
