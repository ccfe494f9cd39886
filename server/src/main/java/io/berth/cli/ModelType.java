package io.berth.cli;

import java.util.List;
import java.util.stream.Collectors;

/// A data type of the native thing model as people read it: `int 0..100`, `list of text up to 64 bytes`.
final class ModelType {
    private ModelType() {}

    /// The type of a property or parameter.
    static String of(JsonObject parameter) {
        return parameter.object("type").map(ModelType::text).orElse("");
    }

    private static String text(JsonObject type) {
        return switch (type.text("kind")) {
            case "real" -> type.text("precision") + bounds(type);
            case "flag" -> type.has("on") ? "flag " + type.text("off") + "|" + type.text("on") : "flag";
            case "choice" -> "one of " + labels(type.objects("labels"));
            case "word" -> "one of " + words(type, "words");
            case "text" -> length(type) + (type.has("allowed") ? ", one of " + words(type, "allowed") : "");
            case "struct" ->
                "struct {"
                        + type.objects("members").stream()
                                .map(member -> member.text("identifier") + " " + of(member))
                                .collect(Collectors.joining(", "))
                        + "}";
            case "list" ->
                "up to " + type.text("maxSize") + " of "
                        + type.object("item").map(ModelType::text).orElse("");
            default -> type.text("kind") + bounds(type);
        };
    }

    private static String bounds(JsonObject type) {
        return type.has("min") || type.has("max") ? " " + type.text("min") + ".." + type.text("max") : "";
    }

    private static String length(JsonObject type) {
        return type.number("maxLength") == Integer.MAX_VALUE
                ? "text"
                : "text up to " + type.text("maxLength") + " " + type.text("measure");
    }

    private static String labels(List<JsonObject> labels) {
        return labels.stream()
                .map(label -> label.text("number")
                        + label.find("label").map(" "::concat).orElse(""))
                .collect(Collectors.joining(", "));
    }

    private static String words(JsonObject type, String member) {
        return type.fields().get(member) instanceof List<?> words
                ? words.stream().map(String::valueOf).collect(Collectors.joining(", "))
                : "";
    }
}
