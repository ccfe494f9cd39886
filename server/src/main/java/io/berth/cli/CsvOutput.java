package io.berth.cli;

import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A table as spreadsheets read it; with `--json` its rows as the server gave them.
final class CsvOutput {
    private final Output output;

    CsvOutput(Output output, String... columns) {
        this.output = output;
        if (!output.isJson()) {
            print(List.of(columns));
        }
    }

    /// @param members in the order of the columns
    void row(JsonObject object, String... members) {
        if (output.isJson()) {
            output.out().println(object);
        } else {
            print(Stream.of(members)
                    .map(member -> object.find(member).orElse(""))
                    .toList());
        }
    }

    void end() {
        output.out().flush();
    }

    private void print(Collection<String> cells) {
        output.out().println(cells.stream().map(CsvOutput::quoted).collect(Collectors.joining(",")));
    }

    private static String quoted(String cell) {
        return cell.matches("(?s).*[\",\r\n].*") ? '"' + cell.replace("\"", "\"\"") + '"' : cell;
    }
}
