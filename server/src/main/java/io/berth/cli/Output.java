package io.berth.cli;

import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Prints answers: for people, or with `--json` one object a line, just as the server gave it.
final class Output {
    private final PrintWriter out;
    private final boolean json;
    private final Times times;

    Output(PrintWriter out, boolean json, Times times) {
        this.out = out;
        this.json = json;
        this.times = times;
    }

    boolean isJson() {
        return json;
    }

    Times times() {
        return times;
    }

    PrintWriter out() {
        return out;
    }

    /// The object itself, or what it means in a sentence.
    void say(JsonObject object, String sentence) {
        out.println(json ? object : sentence);
        out.flush();
    }

    /// Every field of the object on its own line, the named ones first.
    void show(JsonObject object, String... first) {
        if (json) {
            out.println(object);
            return;
        }
        List<String> names = Stream.concat(Stream.of(first), object.fields().keySet().stream())
                .distinct()
                .toList();
        int width = names.stream().mapToInt(name -> label(name).length()).max().orElse(0);
        for (String name : names) {
            if (!object.objects(name).isEmpty()) {
                out.println(label(name));
                object.objects(name).forEach(item -> out.println("  " + summary(item)));
            } else {
                out.println(Printable.padded(label(name), width) + "  " + value(object, name));
            }
        }
    }

    /// A listing that comes in pages, as a table of the named fields.
    void list(Api api, Route route, long limit, String... fields) {
        Table table = table(fields);
        api.list(route, limit, items -> page(table, items, fields));
    }

    /// A listing that comes whole.
    void list(List<JsonObject> items, String... fields) {
        page(table(fields), items, fields);
    }

    private Table table(String... fields) {
        return new Table(out, Stream.of(fields).map(Output::title).toArray(String[]::new));
    }

    private void page(Table table, List<JsonObject> items, String... fields) {
        if (json) {
            items.forEach(out::println);
        } else {
            items.forEach(item ->
                    table.row(Stream.of(fields).map(field -> cell(item, field)).toArray(String[]::new)));
            table.print();
        }
    }

    private String cell(JsonObject item, String field) {
        return item.instant(field)
                .map(times::full)
                .orElseGet(() -> item.fields().get(field) instanceof List<?> items ? plain(items) : item.text(field));
    }

    private String value(JsonObject object, String name) {
        if (object.instant(name).isPresent()) {
            Instant moment = object.instant(name).get();
            return times.withAge(moment);
        }
        String text = object.object(name)
                .map(Output::summary)
                .orElseGet(() -> plain(object.fields().get(name)));
        return text.isEmpty() ? "-" : Printable.of(text);
    }

    private static String summary(JsonObject object) {
        return object.fields().entrySet().stream()
                .map(field -> field.getKey() + " " + Printable.of(plain(field.getValue())))
                .collect(Collectors.joining(", "));
    }

    private static String plain(@Nullable Object value) {
        return switch (value) {
            case null -> "";
            case Boolean truth -> truth ? "yes" : "no";
            case JsonObject object -> summary(object);
            case List<?> items -> items.stream().map(Output::plain).collect(Collectors.joining(", "));
            case Object single -> single.toString();
        };
    }

    /// `lastSeen` is read as `last seen`.
    private static String label(String field) {
        return field.replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
    }

    private static String title(String field) {
        return label(field).toUpperCase(Locale.ROOT);
    }
}
