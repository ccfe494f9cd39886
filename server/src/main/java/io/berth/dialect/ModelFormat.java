package io.berth.dialect;

import io.berth.core.Payload;
import io.berth.core.product.Product;
import io.berth.core.thing.ThingModel;
import java.util.List;

/// A file format of thing models. Both ways report what the other side has no word for: nothing is left out
/// in silence.
public interface ModelFormat {
    /// What people call the format: `tsl`.
    String name();

    /// Whether a file looks like one of this format, for whoever did not say which it is.
    boolean recognises(Payload file);

    /// MODEL_INVALID, naming every fault with its place, when the file is none of this format or its model
    /// contradicts itself.
    Imported read(Payload file);

    Exported write(Product product, ThingModel model);

    /// @param notes what of the file did not fit and what became of it, one sentence each
    record Imported(ThingModel model, List<String> notes) {
        public Imported {
            notes = List.copyOf(notes);
        }
    }

    /// @param notes what of the model the format has no word for and what became of it, one sentence each
    record Exported(Payload file, String mediaType, List<String> notes) {
        public Exported {
            notes = List.copyOf(notes);
        }
    }
}
