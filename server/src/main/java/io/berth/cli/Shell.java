package io.berth.cli;

import java.io.BufferedReader;
import java.io.Console;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;

/// What the command was started in.
///
/// @param defaultData the data directory when neither an option nor the environment names one
/// @param asks whether stdin is a terminal, so a question finds someone to answer it
/// @param shows whether stderr is a terminal, so progress finds someone to watch it
record Shell(
        InputStream in,
        PrintWriter out,
        PrintWriter err,
        Map<String, String> environment,
        Path defaultData,
        boolean asks,
        boolean shows,
        InstantSource clock,
        ZoneId zone) {

    private static final int DEFAULT_COLUMNS = 80;

    static Shell ofProcess(PrintWriter out, PrintWriter err, Path defaultData) {
        return new Shell(
                System.in,
                out,
                err,
                System.getenv(),
                defaultData,
                isTerminal(0),
                isTerminal(2),
                InstantSource.system(),
                ZoneId.systemDefault());
    }

    /// How many columns the terminal has; 80 where there is none to ask.
    int columns() {
        return number(environment.getOrDefault("COLUMNS", ""))
                .or(Shell::terminalColumns)
                .orElse(DEFAULT_COLUMNS);
    }

    // shells know COLUMNS and seldom pass it on
    private static Optional<Integer> terminalColumns() {
        try {
            Process stty = new ProcessBuilder("stty", "size")
                    .redirectInput(new File("/dev/tty"))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try (InputStream size = stty.getInputStream()) {
                String rowsAndColumns = new String(size.readAllBytes(), StandardCharsets.UTF_8).strip();
                return number(rowsAndColumns.substring(rowsAndColumns.indexOf(' ') + 1));
            }
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    private static Optional<Integer> number(String text) {
        return text.matches("[1-9][0-9]{0,3}") ? Optional.of(Integer.valueOf(text)) : Optional.empty();
    }

    /// Asks a yes-or-no question; anything but a clear yes is a no.
    boolean confirms(String question) {
        err.print(question + " [y/N] ");
        err.flush();
        try {
            String answer = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)).readLine();
            return answer != null
                    && (answer.strip().equalsIgnoreCase("y") || answer.strip().equalsIgnoreCase("yes"));
        } catch (IOException _) {
            return false;
        }
    }

    /// Asks for something that must not be seen; the terminal does not show it.
    String secret(String question) {
        Optional<Console> console = Optional.ofNullable(System.console()).filter(Console::isTerminal);
        if (console.isPresent()) {
            char[] typed = console.get().readPassword("%s", question);
            return typed == null ? "" : new String(typed);
        }
        err.print(question);
        err.flush();
        return line();
    }

    /// One line of stdin.
    String line() {
        try {
            String line = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)).readLine();
            if (line != null) {
                return line;
            }
        } catch (IOException _) {
            // as if nothing was there
        }
        throw new RefusedException("there is nothing on stdin");
    }

    // System.console() answers for stdin and stdout together, and not for stderr at all
    private static boolean isTerminal(int descriptor) {
        try {
            String target = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor))
                    .toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
        } catch (IOException | UnsupportedOperationException _) {
            return Optional.ofNullable(System.console())
                    .filter(Console::isTerminal)
                    .isPresent();
        }
    }
}
