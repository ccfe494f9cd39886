package io.berth.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Devices of a file, one a line; blank lines are passed over, `-` is standard input.
final class DeviceLines {
    private static final Pattern HEADER = Pattern.compile("(?i)product[ _-]?key|product");
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private DeviceLines() {}

    /// As the API names them; spreadsheets write `PRODUCT,DEVICE`, and triples and what else names devices have
    /// more columns and a header.
    static List<String> targets(Shell shell, String file) {
        return lines(shell, file).stream()
                .map(line -> line.split("\\s*,\\s*"))
                .filter(columns ->
                        columns.length == 1 || !HEADER.matcher(columns[0]).matches())
                .map(columns -> columns.length == 1 ? columns[0] : columns[0] + "/" + columns[1])
                .toList();
    }

    /// Names, each with a nickname if there is one behind a comma.
    static List<JsonObject> named(Shell shell, String file) {
        return lines(shell, file).stream()
                .map(line -> line.split("\\s*,\\s*", 2))
                .map(columns -> new JsonObject()
                        .with("name", columns[0])
                        .with("nickname", columns.length > 1 ? columns[1] : null))
                .toList();
    }

    private static List<String> lines(Shell shell, String file) {
        try (BufferedReader reader = file.equals("-")
                        ? new BufferedReader(new InputStreamReader(shell.in(), StandardCharsets.UTF_8))
                        : Files.newBufferedReader(Path.of(file));
                Stream<String> lines = reader.lines()) {
            return lines.map(DeviceLines::plain).filter(line -> !line.isEmpty()).toList();
        } catch (IOException e) {
            throw RefusedException.unreadable(Path.of(file), e);
        }
    }

    private static String plain(String line) {
        return (line.indexOf(BYTE_ORDER_MARK) == 0 ? line.substring(1) : line).strip();
    }
}
