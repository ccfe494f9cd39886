package io.berth.dialect.huawei;

import io.berth.core.Payload;
import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.product.Product;
import io.berth.core.thing.ThingModel;
import io.berth.dialect.ModelFormat;
import io.berth.json.ValueJson;
import java.util.ArrayList;
import java.util.List;

/// Thing models as Huawei's product model (spec huawei-iotda 10). Reads the JSON of the application API and the
/// zip of the console alike; writes the one it was made for.
public final class HuaweiModel implements ModelFormat {
    static final int MAX_BYTES = 500 * 1024;

    private final Form form;

    public enum Form {
        JSON,
        ZIP
    }

    public HuaweiModel(Form form) {
        this.form = form;
    }

    @Override
    public String name() {
        return switch (form) {
            case JSON -> "huawei";
            case ZIP -> "huawei-zip";
        };
    }

    @Override
    public boolean recognises(Payload file) {
        return switch (form) {
            case JSON -> file.text().contains("\"service_capabilities\"");
            case ZIP -> ModelZip.isZip(file);
        };
    }

    @Override
    public Imported read(Payload file) {
        if (file.size() > MAX_BYTES) {
            throw new ProblemException(
                    Problem.MODEL_INVALID,
                    "the file has " + file.size() + " bytes, a product model at most " + MAX_BYTES);
        }
        return ModelZip.isZip(file)
                ? new CapabilityReader(Spelling.CAMEL).readZip(ModelZip.open(file))
                : new CapabilityReader(Spelling.SNAKE).readJson(file);
    }

    @Override
    public Exported write(Product product, ThingModel model) {
        List<String> notes = new ArrayList<>();
        Exported exported = switch (form) {
            case JSON -> {
                CapabilityWriter writer = new CapabilityWriter(Spelling.SNAKE, notes);
                yield new Exported(
                        Payload.of(ValueJson.write(writer.product(product, model))), "application/json", notes);
            }
            case ZIP -> {
                CapabilityWriter writer = new CapabilityWriter(Spelling.CAMEL, notes);
                yield new Exported(ModelZip.pack(writer.files(product, model)), "application/zip", notes);
            }
        };
        return exported;
    }
}
