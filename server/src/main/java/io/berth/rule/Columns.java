package io.berth.rule;

import static io.berth.core.ProblemException.require;

import io.berth.core.Value;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/// The columns of a table and the path into the message that each is filled with.
///
/// @param paths by column, in the order of the statement
public record Columns(SequencedMap<String, String> paths) {

    /// INVALID_ARGUMENT when there is none.
    public static Columns of(Map<String, String> columns) {
        require(!columns.isEmpty(), "\"columns\" names at least one column");
        columns.forEach((name, path) -> {
            require(isName(name), "\"columns\" has a column without a name");
            require(!path.isBlank(), "\"columns\": " + name + " is filled with nothing");
        });
        return new Columns(Collections.unmodifiableSequencedMap(new TreeMap<>(columns)));
    }

    public List<String> names() {
        return List.copyOf(paths.keySet());
    }

    /// What the message has for each column, nothing where it has nothing. An [UnfitException] when it has
    /// nothing for any.
    public List<Value> values(Outgoing message) {
        List<Value> values = paths.values().stream()
                .map(path -> Template.find(message, path))
                .toList();
        if (values.stream().allMatch(Value.Nothing.NOTHING::equals)) {
            throw new UnfitException("the message has none of the fields " + String.join(", ", paths.values()));
        }
        return values;
    }

    /// `INSERT INTO table (a, b) VALUES (?, ?)`.
    ///
    /// @param table a name, or names with dots between them; INVALID_ARGUMENT when one is empty
    /// @param quoted how the database quotes a name
    public String insert(String table, UnaryOperator<String> quoted) {
        return "INSERT INTO " + table(table, quoted) + " (" + list(quoted) + ") VALUES ("
                + String.join(", ", Collections.nCopies(paths.size(), "?")) + ")";
    }

    /// The columns as a statement lists them.
    public String list(UnaryOperator<String> quoted) {
        return paths.keySet().stream().map(quoted).collect(Collectors.joining(", "));
    }

    /// The table as a statement names it.
    public static String table(String table, UnaryOperator<String> quoted) {
        List<String> names = Arrays.asList(table.split("\\.", -1));
        require(names.stream().allMatch(Columns::isName), "\"table\" is no name of a table");
        return names.stream().map(quoted).collect(Collectors.joining("."));
    }

    private static boolean isName(String name) {
        return !name.isBlank() && name.indexOf(0) < 0;
    }
}
