package io.berth.core.product;

import io.berth.core.thing.ThingModel;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Where thing models are kept: of each product a draft, and the versions published so far. Devices only ever
/// meet the newest published one, as [Product#model]. Blocking; a returned change is durable.
public interface ModelStore {
    /// How many published versions stay (spec aliyun-device 6).
    int VERSIONS_KEPT = 10;

    /// @param label what whoever published it calls it
    record Version(int number, ThingModel model, Instant published, Label label) {
        public Version(int number, ThingModel model, Instant published) {
            this(number, model, published, Label.NONE);
        }

        /// The name it was given, else its number.
        public String name() {
            return label.name().isEmpty() ? Integer.toString(number) : label.name();
        }
    }

    /// @param name empty when nobody gave one
    record Label(String name, String description) {
        public static final Label NONE = new Label("", "");
    }

    Optional<ThingModel> draft(String product);

    /// PRODUCT_NOT_FOUND when there is no such product.
    void saveDraft(String product, ThingModel model);

    /// Makes the draft the newest version and drops the oldest beyond the bound. MODEL_NOT_FOUND when there
    /// is no draft.
    Version publish(String product, Label label, Instant now);

    default Version publish(String product, Instant now) {
        return publish(product, Label.NONE, now);
    }

    Optional<Version> version(String product, int number);

    /// Newest first.
    List<Version> versions(String product);
}
