package io.berth.dialect.huawei;

import io.berth.core.Payload;
import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.Value;
import io.berth.core.product.Product;
import io.berth.core.thing.ThingModel;
import io.berth.dialect.ModelFormat;
import io.berth.json.Members;
import io.berth.json.ValueJson;
import java.util.ArrayList;
import java.util.List;

/// Thing models as Huawei's product model (spec huawei-iotda 10). Reads the JSON of the application API and the
/// zip of the console alike; writes the one it was made for.
public final class HuaweiModel implements ModelFormat {
    static final int MAX_BYTES = 500 * 1024;

    private static final String CAPABILITIES = "service_capabilities";

    private final Form form;

    public enum Form {
        JSON,
        ZIP
    }

    public HuaweiModel(Form form) {
        this.form = form;
    }

    /// The product with its model, as the application API shows it.
    public static String write(Product product) {
        return ValueJson.write(
                new CapabilityWriter(Spelling.SNAKE, new ArrayList<>()).product(product, product.model()));
    }

    /// The services of a product as the application API shows them.
    public static Value capabilities(Product product) {
        return new CapabilityWriter(Spelling.SNAKE, new ArrayList<>())
                .product(product, product.model())
                .get(CAPABILITIES);
    }

    /// The model that the application API was given; MODEL_INVALID names every fault with its place.
    public static ThingModel of(List<Value> capabilities) {
        Value file = new Members().with(CAPABILITIES, capabilities).end();
        return new HuaweiModel(Form.JSON)
                .read(Payload.of(ValueJson.write(file)))
                .model();
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
        Payload file = switch (form) {
            case JSON ->
                Payload.of(ValueJson.write(new CapabilityWriter(Spelling.SNAKE, notes).product(product, model)));
            case ZIP -> ModelZip.pack(new CapabilityWriter(Spelling.CAMEL, notes).files(product, model));
        };
        if (file.size() > MAX_BYTES) {
            notes.add("the file has " + file.size() + " bytes: the vendor takes at most " + MAX_BYTES);
        }
        return new Exported(file, form == Form.JSON ? "application/json" : "application/zip", notes);
    }
}
