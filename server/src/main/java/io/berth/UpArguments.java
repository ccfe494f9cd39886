package io.berth;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The arguments of `berth up`. Read by hand: a command line library would cost a tenth of the start.
///
/// @param data where state and `runtime.json` live
/// @param ephemeral whether state lives in a temporary directory instead, removed at exit
record UpArguments(Path data, Optional<Path> config, List<String> settings, boolean ephemeral) {
    static final String USAGE = "usage: berth up [--data DIR] [--config FILE] [--set key=value ...] [--ephemeral]";

    private static final Set<String> VALUED = Set.of("--data", "--config", "--set", "--server", "--token");

    /// The first word that is neither an option nor the value of one, empty when there is none.
    static String command(List<String> words) {
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            if (!word.startsWith("-")) {
                return word;
            }
            i += VALUED.contains(word) ? 1 : 0;
        }
        return "";
    }

    static UpArguments parse(List<String> words, Path defaultData) {
        Path data = defaultData;
        Optional<Path> config = Optional.empty();
        List<String> settings = new ArrayList<>();
        boolean ephemeral = false;
        Iterator<String> rest = withoutEquals(words).iterator();
        while (rest.hasNext()) {
            String word = rest.next();
            switch (word) {
                case "up" -> {}
                case "--data" -> data = Path.of(value(word, rest));
                case "--config" -> config = Optional.of(Path.of(value(word, rest)));
                case "--set" -> settings.add(value(word, rest));
                case "--ephemeral" -> ephemeral = true;
                default -> throw new UsageException("unknown argument " + word + "\n" + USAGE);
            }
        }
        return new UpArguments(data.toAbsolutePath().normalize(), config, List.copyOf(settings), ephemeral);
    }

    /// `--data=DIR` is `--data DIR`; the value of `--set` keeps its own equals sign.
    private static List<String> withoutEquals(List<String> words) {
        List<String> parts = new ArrayList<>();
        for (String word : words) {
            int equals = word.startsWith("--") ? word.indexOf('=') : -1;
            if (equals > 0) {
                parts.add(word.substring(0, equals));
                parts.add(word.substring(equals + 1));
            } else {
                parts.add(word);
            }
        }
        return parts;
    }

    private static String value(String option, Iterator<String> rest) {
        if (!rest.hasNext()) {
            throw new UsageException(option + " needs a value\n" + USAGE);
        }
        return rest.next();
    }

    /// The words make no command; exit code 2.
    static final class UsageException extends RuntimeException {
        private static final long serialVersionUID = 1;

        UsageException(String message) {
            super(message);
        }
    }
}
