package io.berth.rule.sql;

import io.berth.core.Value;

/// A piece of a statement, ready to be worked out for a message. Immutable, any thread.
@FunctionalInterface
interface Term {
    /// Its value, nothing where there is none; throws [SqlFault].
    Value over(Run run);

    /// The same for every message.
    record Constant(Value value) implements Term {
        @Override
        public Value over(Run run) {
            return value;
        }
    }
}
