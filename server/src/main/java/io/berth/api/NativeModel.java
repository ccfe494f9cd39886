package io.berth.api;

import io.berth.core.Payload;
import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.Value;
import io.berth.core.product.Product;
import io.berth.core.thing.ModelDocument;
import io.berth.core.thing.ThingModel;
import io.berth.dialect.ModelFormat;
import io.berth.json.ValueJson;
import java.util.List;
import java.util.Optional;

/// Thing models in no vendor's words, and so without a loss.
public final class NativeModel implements ModelFormat {
    @Override
    public String name() {
        return "native";
    }

    @Override
    public boolean recognises(Payload file) {
        return ValueJson.readFields(file)
                .map(document -> document.get("modules"))
                .filter(Value.Items.class::isInstance)
                .isPresent();
    }

    @Override
    public Imported read(Payload file) {
        Optional<Value.Fields> document = ValueJson.readFields(file);
        return new Imported(
                ModelDocument.read(document.orElseThrow(
                        () -> new ProblemException(Problem.MODEL_INVALID, "the file is not one JSON object"))),
                List.of());
    }

    @Override
    public Exported write(Product product, ThingModel model) {
        return new Exported(Payload.of(ValueJson.write(ModelDocument.write(model))), "application/json", List.of());
    }
}
