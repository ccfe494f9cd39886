package io.berth.core.audit;

import static io.berth.core.ProblemException.require;

import java.time.Duration;

/// The `audit.…` keys.
///
/// @param keep how long records are kept
public record AuditConfig(Duration keep) {
    public static final AuditConfig DEFAULT = new AuditConfig(Duration.ofDays(365));

    public AuditConfig {
        require(keep.isPositive(), "audit.keep must be positive");
    }
}
