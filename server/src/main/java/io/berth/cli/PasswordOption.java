package io.berth.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// A password: asked for at a terminal, unless it is given.
final class PasswordOption {
    private static final String STDIN = "-";

    @Option(
            names = "--password",
            paramLabel = "P",
            description = "The password, - to read it from stdin; without it, you are asked.")
    private @Nullable String password;

    String read(Shell shell) {
        if (password != null && !password.equals(STDIN)) {
            return password;
        }
        return password == null && shell.asks() ? shell.secret("Password: ") : shell.line();
    }
}
