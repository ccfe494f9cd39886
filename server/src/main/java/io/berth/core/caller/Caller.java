package io.berth.core.caller;

/// Who uses the application side.
public sealed interface Caller {
    /// The name shown in the log.
    String name();

    /// A console user; for now the one administrator.
    record Administrator(String name) implements Caller {}

    /// Someone with a bearer token that an administrator made.
    record TokenHolder(String name) implements Caller {}

    /// The command line on this machine, by the token file only its owner can read.
    record LocalOperator() implements Caller {
        @Override
        public String name() {
            return "local";
        }
    }
}
