package io.berth.dialect.aliyun.openapi;

import io.berth.core.Payload;
import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.Value;
import io.berth.core.product.Product;
import io.berth.core.thing.Module;
import io.berth.core.thing.ThingModel;
import io.berth.dialect.aliyun.AliyunTsl;
import io.berth.json.Members;
import io.berth.json.ValueJson;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Thing models as texts of the vendor's two forms: TSL, and the `ThingModelJson` of its console (spec
/// aliyun-openapi 3.2).
final class ModelText {
    /// What is left of a TSL for whoever wants it simple: identifiers and types.
    private static final Set<String> SIMPLE = Set.of(
            "schema",
            "profile",
            "productKey",
            "functionBlocks",
            "functionBlockId",
            "properties",
            "events",
            "services",
            "inputData",
            "outputData",
            "identifier",
            "dataType",
            "type",
            "item");

    private ModelText() {}

    /// @param id null for the default module
    record Block(@Nullable String id, @Nullable String name) {
        String module() {
            return id == null ? Module.DEFAULT : id;
        }
    }

    /// The features of one module, from a `ThingModelJson`.
    static Module readJson(String text, Block block) {
        Value.Fields features = FeatureJson.toTsl(JsonParameter.object("ThingModelJson", text));
        return module(alone(features, block), block);
    }

    /// A whole model, from a TSL.
    static ThingModel readTsl(String text) {
        return new AliyunTsl().read(Payload.of(text)).model();
    }

    /// One module, from its own TSL.
    static Module readTsl(String text, Block block) {
        return module(alone(JsonParameter.object("TslStr", text), block), block);
    }

    /// @param id of the only module wanted, null for all
    static Value.Fields tsl(Product product, ThingModel model, @Nullable String id) {
        Value.Fields document = ValueJson.readFields(Payload.of(AliyunTsl.write(product.withModel(model))))
                .orElseThrow();
        return id == null ? document : block(document, id);
    }

    static Value simple(Value value) {
        return switch (value) {
            case Value.Fields(var fields) -> {
                Members left = new Members();
                fields.forEach((name, each) -> {
                    if (SIMPLE.contains(name)) {
                        left.with(name, simple(each));
                    }
                });
                yield left.end();
            }
            case Value.Items(var items) ->
                new Value.Items(items.stream().map(ModelText::simple).toList());
            default -> value;
        };
    }

    private static Value.Fields block(Value.Fields document, String id) {
        List<Value> blocks = document.get("functionBlocks") instanceof Value.Items(var items) ? items : List.of();
        return blocks.stream()
                .filter(Value.Fields.class::isInstance)
                .map(Value.Fields.class::cast)
                .filter(block -> block.get("functionBlockId").equals(new Value.Text(id)))
                .findFirst()
                .orElseThrow(() ->
                        new ProblemException(Problem.MODEL_NOT_FOUND, "the thing model has no module \"" + id + "\""));
    }

    private static Module module(Value.Fields document, Block block) {
        ThingModel model = readTsl(ValueJson.write(document));
        Module module = model.module(block.module());
        if (module == null) {
            throw new ProblemException(Problem.MODEL_INVALID, "the text has no properties, events or services");
        }
        return module;
    }

    /// The document of a module alone names it.
    private static Value.Fields alone(Value.Fields features, Block block) {
        if (block.id() == null) {
            return features;
        }
        SequencedMap<String, Value> custom = new LinkedHashMap<>(features.fields());
        custom.put("functionBlockId", new Value.Text(block.id()));
        custom.put("functionBlockName", new Value.Text(Objects.requireNonNullElse(block.name(), block.id())));
        return new Value.Fields(custom);
    }
}
