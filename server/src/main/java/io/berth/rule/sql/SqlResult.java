package io.berth.rule.sql;

import io.berth.core.Value;

/// What a statement makes of one message.
public sealed interface SqlResult {
    /// The select in its order; a field that had no value is not there.
    record Matched(Value.Fields fields) implements SqlResult {}

    /// Everything was selected: the payload goes on byte for byte.
    enum Unchanged implements SqlResult {
        UNCHANGED
    }

    /// The where said no.
    enum NoMatch implements SqlResult {
        NO_MATCH
    }

    /// This message cannot be worked out: a division by zero, a letter where a number must be, too much work.
    /// The rule counts it and goes on; the next message may be a better one.
    record Fault(String detail) implements SqlResult {}
}
