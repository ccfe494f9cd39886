package io.berth.dialect.aliyun.openapi;

import io.berth.core.Value;
import io.berth.json.Members;
import io.berth.json.ValueJson;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;

/// A data type in `ThingModelJson`: its word in capitals, and what there is to say of it in `dataSpecs`, or in
/// `dataSpecsList` where that is several things.
final class FeatureType {
    private static final String SPECS = "dataSpecs";
    private static final String LIST = "dataSpecsList";

    private FeatureType() {}

    /// @param holder of the specs
    static Value toTsl(String word, Value.Fields holder) {
        String type = word.toLowerCase(Locale.ROOT);
        return new Members()
                .with("type", type)
                .with("specs", tslSpecs(type, holder))
                .end();
    }

    private static Value tslSpecs(String type, Value.Fields holder) {
        Value.Fields specs = holder.get(SPECS) instanceof Value.Fields fields ? fields : Value.Fields.NONE;
        return switch (type) {
            case "bool", "enum" -> {
                Members labels = new Members();
                FeatureJson.objects(holder, LIST)
                        .forEach(each -> labels.with(label(each.get("value")), each.get("name")));
                yield labels.end();
            }
            case "struct" ->
                new Value.Items(FeatureJson.objects(holder, LIST).stream()
                        .<Value>map(each -> new Members()
                                .with("identifier", each.get("identifier"))
                                .with("name", each.get("name"))
                                .with("dataType", toTsl(child(each), each))
                                .end())
                        .toList());
            case "array" ->
                new Members()
                        .with("size", specs.get("size"))
                        .with("item", toTsl(child(specs), specs))
                        .end();
            default -> without(specs, "dataType");
        };
    }

    private static String child(Value.Fields of) {
        return FeatureJson.text(of, "childDataType");
    }

    private static String label(Value value) {
        return value instanceof Value.Text(String text) ? text : ValueJson.write(value);
    }

    private static Value.Fields without(Value.Fields fields, String name) {
        SequencedMap<String, Value> rest = new LinkedHashMap<>(fields.fields());
        rest.remove(name);
        return new Value.Fields(rest);
    }

    /// @param member what the word of the type is called there
    static Members ofTsl(Members holder, String member, Value.Fields dataType) {
        String type = FeatureJson.text(dataType, "type");
        String word = type.toUpperCase(Locale.ROOT);
        Value specs = dataType.get("specs");
        holder.with(member, word);
        return switch (type) {
            case "bool", "enum" -> holder.with(LIST, labels(word, specs));
            case "struct" -> holder.with(LIST, members(specs));
            case "array" -> holder.with(SPECS, array(specs));
            default -> holder.with(SPECS, plain(word, specs));
        };
    }

    private static List<Value> labels(String word, Value specs) {
        List<Value> labels = new ArrayList<>();
        if (specs instanceof Value.Fields(var fields)) {
            fields.forEach((value, name) -> labels.add(new Members()
                    .with("dataType", word)
                    .with("name", name)
                    .with("value", Long.parseLong(value))
                    .end()));
        }
        return labels;
    }

    private static List<Value> members(Value specs) {
        List<Value> members = new ArrayList<>();
        for (Value.Fields member : FeatureJson.objects(Value.Fields.of("members", specs), "members")) {
            Members written = new Members()
                    .with("dataType", "STRUCT")
                    .with("identifier", member.get("identifier"))
                    .with("name", member.get("name"));
            members.add(child(written, member.get("dataType")).end());
        }
        return members;
    }

    private static Value array(Value specs) {
        Value.Fields fields = specs instanceof Value.Fields given ? given : Value.Fields.NONE;
        Members written = new Members().with("dataType", "ARRAY").with("size", fields.get("size"));
        return child(written, fields.get("item")).end();
    }

    private static Members child(Members holder, Value type) {
        return type instanceof Value.Fields dataType ? ofTsl(holder, "childDataType", dataType) : holder;
    }

    private static Value plain(String word, Value specs) {
        Members written = new Members().with("dataType", word);
        if (specs instanceof Value.Fields(var fields)) {
            fields.forEach(written::with);
        }
        return written.end();
    }
}
