package io.berth.storage;

import java.util.LinkedHashMap;
import java.util.Map;

/// A map of texts in one column: a line per entry, name and value apart by a tab, in the map's order. Backslash, tab
/// and
/// line ends inside are written `\\`, `\t`, `\n`.
final class FieldLines {
    private FieldLines() {}

    static String write(Map<String, String> fields) {
        StringBuilder lines = new StringBuilder();
        fields.forEach((name, value) ->
                lines.append(escape(name)).append('\t').append(escape(value)).append('\n'));
        return lines.toString();
    }

    /// A last line that was cut off is read as far as it goes.
    static Map<String, String> read(String lines) {
        Map<String, String> fields = new LinkedHashMap<>();
        lines.lines().forEach(line -> {
            int tab = line.indexOf('\t');
            String name = tab < 0 ? line : line.substring(0, tab);
            fields.put(unescape(name), tab < 0 ? "" : unescape(line.substring(tab + 1)));
        });
        return fields;
    }

    private static String escape(String text) {
        return text.replace("\\", "\\\\")
                .replace("\t", "\\t")
                .replace("\n", "\\n")
                .replace("\r", "\\r");
    }

    private static String unescape(String text) {
        StringBuilder plain = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' && i + 1 < text.length()) {
                plain.append(
                        switch (text.charAt(++i)) {
                            case 't' -> '\t';
                            case 'n' -> '\n';
                            case 'r' -> '\r';
                            default -> text.charAt(i);
                        });
            } else {
                plain.append(c);
            }
        }
        return plain.toString();
    }
}
