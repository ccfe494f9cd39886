package io.berth.core.thing;

import io.berth.core.Value;
import io.berth.core.thing.DataType.Real.Precision;
import io.berth.core.thing.DataType.Text.Measure;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/// A data type as a branch of a [ModelDocument]; `kind` says which it is.
final class TypeDocument {
    private TypeDocument() {}

    static Value.Fields write(DataType type) {
        DocumentWriter branch = new DocumentWriter();
        switch (type) {
            case DataType.Int(Bounds bounds) -> bounds(branch.text("kind", "int"), bounds);
            case DataType.Long(Bounds bounds) -> bounds(branch.text("kind", "long"), bounds);
            case DataType.Real(Precision precision, Bounds bounds) ->
                bounds(branch.text("kind", "real").word("precision", precision), bounds);
            case DataType.Flag(String off, String on) ->
                branch.text("kind", "flag").text("off", off).text("on", on);
            case DataType.Choice(var labels) ->
                branch.text("kind", "choice")
                        .list(
                                "labels",
                                List.copyOf(labels.entrySet()),
                                label -> new DocumentWriter()
                                        .whole("number", label.getKey())
                                        .text("label", label.getValue())
                                        .fields());
            case DataType.Word(var words) -> branch.text("kind", "word").list("words", words, Value.Text::new);
            case DataType.Text(int maxLength, Measure measure, var allowed) ->
                branch.text("kind", "text")
                        .whole("maxLength", maxLength)
                        .word("measure", measure)
                        .list("allowed", allowed, Value.Text::new);
            case DataType.Moment() -> branch.text("kind", "moment");
            case DataType.Struct(var members) ->
                branch.text("kind", "struct").list("members", members, ModelDocument::write);
            case DataType.ListOf(DataType item, int maxSize) ->
                branch.text("kind", "list").put("item", write(item)).whole("maxSize", maxSize);
            case DataType.Json() -> branch.text("kind", "json");
        }
        return branch.fields();
    }

    static DataType read(DocumentReader branch) {
        String kind = branch.text("kind");
        return switch (kind) {
            case "int" -> new DataType.Int(bounds(branch));
            case "long" -> new DataType.Long(bounds(branch));
            case "real" -> new DataType.Real(branch.word("precision", Precision.class), bounds(branch));
            case "flag" -> new DataType.Flag(branch.text("off"), branch.text("on"));
            case "choice" -> choice(branch);
            case "word" -> new DataType.Word(branch.texts("words"));
            case "text" ->
                new DataType.Text(
                        branch.whole("maxLength"), branch.word("measure", Measure.class), branch.texts("allowed"));
            case "moment" -> new DataType.Moment();
            case "struct" -> new DataType.Struct(branch.list("members", ModelDocument::parameter));
            case "list" -> new DataType.ListOf(read(branch.branch("item")), branch.whole("maxSize"));
            case "json" -> new DataType.Json();
            default -> throw DocumentReader.invalid("type", "is one this version does not know: \"" + kind + "\"");
        };
    }

    private static void bounds(DocumentWriter branch, Bounds bounds) {
        branch.number("min", bounds.min()).number("max", bounds.max()).number("step", bounds.step());
    }

    private static Bounds bounds(DocumentReader branch) {
        return new Bounds(branch.number("min"), branch.number("max"), branch.number("step"));
    }

    private static DataType.Choice choice(DocumentReader branch) {
        SequencedMap<Integer, String> labels = new LinkedHashMap<>();
        branch.list("labels", label -> labels.put(label.whole("number"), label.text("label")));
        return new DataType.Choice(labels);
    }
}
