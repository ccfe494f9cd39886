package io.berth.core.caller;

/// Who uses the application side.
public sealed interface Caller {
    /// The name shown in log and audit.
    String name();

    Rights rights();

    /// Someone with a name and a password, by a token made for them.
    record User(String name, Rights rights) implements Caller {}

    /// Someone with a bearer token that an administrator made.
    record TokenHolder(String name, Rights rights) implements Caller {}

    /// An application that signs its calls.
    record KeyHolder(AccessKey key) implements Caller {
        @Override
        public String name() {
            return key.id();
        }

        @Override
        public Rights rights() {
            return key.rights();
        }
    }

    /// The command line on this machine, by the token file only its owner can read.
    record LocalOperator() implements Caller {
        @Override
        public String name() {
            return "local";
        }

        @Override
        public Rights rights() {
            return Rights.ALL;
        }
    }
}
