package io.berth.dialect.aliyun.openapi;

import io.berth.core.Value;
import io.berth.core.caller.Area;
import io.berth.core.product.Product;
import io.berth.core.product.ThingModels;
import io.berth.core.thing.Module;
import io.berth.core.thing.ThingModel;
import io.berth.dialect.aliyun.openapi.ModelText.Block;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Work on the draft of a thing model (spec aliyun-openapi 3.2).
final class ModelFeatureActions implements Action.Group {
    private final ThingModels models;

    ModelFeatureActions(ThingModels models) {
        this.models = models;
    }

    @Override
    public List<Action<?>> actions() {
        Action.About about = new Action.About(Area.MODELS, Family.MODELS);
        return List.of(
                about.changes("CreateThingModel", NewFeatures.class, this::create),
                about.changes("UpdateThingModel", OtherFeatures.class, this::update),
                about.changes("DeleteThingModel", OldFeatures.class, this::delete),
                about.changes("ImportThingModelTsl", Tsl.class, this::importTsl),
                about.changes("CopyThingModel", Copy.class, this::copy));
    }

    record NewFeatures(
            String productKey,
            String thingModelJson,
            @Nullable String functionBlockId,
            @Nullable String functionBlockName) {}

    /// @param identifier of the feature that gets another
    record OtherFeatures(
            String productKey,
            String thingModelJson,
            @Nullable String identifier,
            @Nullable String functionBlockId,
            @Nullable String functionBlockName) {}

    record OldFeatures(
            String productKey,
            @Nullable String functionBlockId,
            @Nullable List<String> propertyIdentifier,
            @Nullable List<String> eventIdentifier,
            @Nullable List<String> serviceIdentifier) {}

    /// @param functionBlockId of the only module that the text has, null for a whole model
    record Tsl(
            String productKey,
            String tslStr,
            @Nullable String functionBlockId,
            @Nullable String functionBlockName) {}

    /// @param sourceModelVersion null for what is published now
    record Copy(
            String sourceProductKey,
            String targetProductKey,
            @Nullable String sourceModelVersion) {}

    private Value.Fields create(Call<NewFeatures> call) {
        NewFeatures wanted = call.input();
        Module part = ModelText.readJson(
                wanted.thingModelJson(), new Block(wanted.functionBlockId(), wanted.functionBlockName()));
        Product product = call.product(wanted.productKey());
        return save(product, draft(product).adding(part));
    }

    private Value.Fields update(Call<OtherFeatures> call) {
        OtherFeatures wanted = call.input();
        Module part = ModelText.readJson(
                wanted.thingModelJson(), new Block(wanted.functionBlockId(), wanted.functionBlockName()));
        Product product = call.product(wanted.productKey());
        String identifier = Objects.requireNonNullElse(wanted.identifier(), "");
        return save(product, draft(product).replacing(identifier, part));
    }

    private Value.Fields delete(Call<OldFeatures> call) {
        OldFeatures wanted = call.input();
        Product product = call.product(wanted.productKey());
        ModelDraft.Gone gone = new ModelDraft.Gone(
                few(wanted.propertyIdentifier()), few(wanted.eventIdentifier()), few(wanted.serviceIdentifier()));
        String module = new Block(wanted.functionBlockId(), null).module();
        return save(product, draft(product).without(module, gone));
    }

    private Value.Fields importTsl(Call<Tsl> call) {
        Tsl wanted = call.input();
        Product product = call.product(wanted.productKey());
        if (wanted.functionBlockId() == null) {
            return save(product, ModelText.readTsl(wanted.tslStr()));
        }
        Block block = new Block(wanted.functionBlockId(), wanted.functionBlockName());
        return save(product, draft(product).with(ModelText.readTsl(wanted.tslStr(), block)));
    }

    private Value.Fields copy(Call<Copy> call) {
        Copy wanted = call.input();
        Product source = call.product(wanted.sourceProductKey());
        Product target = call.product(wanted.targetProductKey());
        ThingModel model = wanted.sourceModelVersion() == null
                ? source.model()
                : models.version(source.key(), wanted.sourceModelVersion()).model();
        return save(target, model);
    }

    private ModelDraft draft(Product product) {
        return new ModelDraft(models.draft(product.key()));
    }

    private Value.Fields save(Product product, ThingModel model) {
        models.saveDraft(product.key(), model);
        return Value.Fields.NONE;
    }

    private static List<String> few(@Nullable List<String> identifiers) {
        List<String> named = Objects.requireNonNullElse(identifiers, List.of());
        Refusal.require(
                named.size() <= 10,
                "check.ParameterIsNotLessThanMax",
                "one call deletes at most 10 features of a kind");
        return named;
    }
}
