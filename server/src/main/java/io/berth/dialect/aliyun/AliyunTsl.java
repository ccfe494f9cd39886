package io.berth.dialect.aliyun;

import static io.berth.core.Problem.MODEL_INVALID;

import io.berth.core.Payload;
import io.berth.core.ProblemException;
import io.berth.core.Value;
import io.berth.core.product.Product;
import io.berth.core.thing.Parameter;
import io.berth.core.thing.ThingModel;
import io.berth.dialect.ModelFormat;
import io.berth.json.ValueJson;
import java.util.ArrayList;
import java.util.List;

/// Thing models as TSL JSON (spec aliyun-device 7).
public final class AliyunTsl implements ModelFormat {
    /// Bounds of spec aliyun-device 6 that the thing model itself does not have.
    static final int MAX_BYTES = 512 * 1024;

    static final int MAX_MODULES = 200;
    static final int MAX_TEXT = 10_240;

    /// The TSL of a product as devices ask for it: without a blank (spec aliyun-device R1).
    public static String write(Product product) {
        return ValueJson.write(new TslWriter(new ArrayList<>()).document(product.key(), product.model()));
    }

    /// What TSL calls the type of a parameter: `int`.
    public static String typeOf(Parameter parameter) {
        return new TslTypeWriter(new ArrayList<>()).write(parameter, "") instanceof Value.Fields written
                        && written.get("type") instanceof Value.Text(String word)
                ? word
                : "";
    }

    @Override
    public String name() {
        return "tsl";
    }

    @Override
    public boolean recognises(Payload file) {
        return file.text().stripLeading().startsWith("{");
    }

    @Override
    public Imported read(Payload file) {
        if (file.size() > MAX_BYTES) {
            throw new ProblemException(
                    MODEL_INVALID, "the file has " + file.size() + " bytes, a TSL at most " + MAX_BYTES);
        }
        return new TslReader().read(file);
    }

    @Override
    public Exported write(Product product, ThingModel model) {
        List<String> notes = new ArrayList<>();
        Payload file = Payload.of(ValueJson.write(new TslWriter(notes).document(product.key(), model)));
        if (file.size() > MAX_BYTES) {
            notes.add("the file has " + file.size() + " bytes: the vendor takes at most " + MAX_BYTES);
        }
        return new Exported(file, "application/json", notes);
    }
}
