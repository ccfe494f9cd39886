package io.berth.dialect.aliyun.openapi;

import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.Value;
import io.berth.core.caller.Area;
import io.berth.core.product.ModelStore.Label;
import io.berth.core.product.Product;
import io.berth.core.product.ThingModels;
import io.berth.core.thing.ThingModel;
import io.berth.json.Members;
import io.berth.json.ValueJson;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Thing models as a whole: published, shown, listed (spec aliyun-openapi 3.2). There are no templates here.
final class ModelActions implements Action.Group {
    private static final Pattern VERSION = Pattern.compile("[A-Za-z0-9.]{1,16}");
    private static final int MAX_DESCRIPTION = 100;

    private final ThingModels models;

    ModelActions(ThingModels models) {
        this.models = models;
    }

    @Override
    public List<Action<?>> actions() {
        Action.About about = new Action.About(Area.MODELS, Family.MODELS);
        return List.of(
                about.changes("PublishThingModel", Release.class, this::publish),
                about.reads("QueryThingModel", Which.class, call -> json(call, draft(call))),
                about.reads("QueryThingModelPublished", Which.class, call -> json(call, published(call))),
                about.reads("GetThingModelTsl", Which.class, call -> tsl(call, draft(call))),
                about.reads("GetThingModelTslPublished", Which.class, call -> tsl(call, published(call))),
                about.reads("QueryThingModelExtendConfig", Which.class, call -> extension(call, draft(call))),
                about.reads(
                        "QueryThingModelExtendConfigPublished", Which.class, call -> extension(call, published(call))),
                about.reads("ListThingModelVersion", OneProduct.class, this::versions),
                about.reads(
                        "ListThingTemplates", Nothing.class, _ -> Value.Fields.of("Data", new Value.Items(List.of()))),
                about.reads("GetThingTemplate", Template.class, call -> {
                    throw new ProblemException(
                            Problem.NOT_FOUND,
                            "there is no template " + call.input().categoryKey());
                }));
    }

    record Release(
            String productKey,
            @Nullable String modelVersion,
            @Nullable String description) {}

    /// @param modelVersion null for the draft, or for what is published now
    /// @param functionBlockId of the only module wanted
    /// @param simple identifiers and types only
    record Which(
            String productKey,
            @Nullable String modelVersion,
            @Nullable String functionBlockId,
            @Nullable Boolean simple) {}

    record OneProduct(String productKey) {}

    record Nothing() {}

    record Template(String categoryKey) {}

    private Value.Fields publish(Call<Release> call) {
        String name = Objects.requireNonNullElse(call.input().modelVersion(), "");
        String description = Objects.requireNonNullElse(call.input().description(), "");
        Refusal.require(
                name.isEmpty() || VERSION.matcher(name).matches(),
                "check.InvalidFormattedParameter",
                "ModelVersion has 1 to 16 letters, digits and dots");
        Refusal.require(
                description.length() <= MAX_DESCRIPTION,
                "check.ParameterIsNotLessThanMax",
                "a description has at most " + MAX_DESCRIPTION + " characters");
        models.publish(call.product(call.input().productKey()).key(), new Label(name, description));
        return Value.Fields.NONE;
    }

    private ThingModel draft(Call<Which> call) {
        Product product = call.product(call.input().productKey());
        return call.input().modelVersion() == null ? models.draft(product.key()) : version(call, product);
    }

    private ThingModel published(Call<Which> call) {
        Product product = call.product(call.input().productKey());
        return call.input().modelVersion() == null ? product.model() : version(call, product);
    }

    private ThingModel version(Call<Which> call, Product product) {
        String name = Objects.requireNonNull(call.input().modelVersion());
        return models.version(product.key(), name).model();
    }

    private static Value.Fields json(Call<Which> call, ThingModel model) {
        Product product = call.product(call.input().productKey());
        Value.Fields tsl = ModelText.tsl(product, model, call.input().functionBlockId());
        Members document = FeatureJson.ofTsl(tsl).with("productKey", product.key());
        document.with(
                "functionBlocks",
                FeatureJson.objects(tsl, "functionBlocks").stream()
                        .<Value>map(block -> new Members()
                                .with("functionBlockId", block.get("functionBlockId"))
                                .with("functionBlockName", block.get("functionBlockName"))
                                .with("productKey", product.key())
                                .end())
                        .toList());
        return new Members()
                .with("Data", Value.Fields.of("ThingModelJson", new Value.Text(ValueJson.write(document.end()))))
                .with("ProductKey", product.key())
                .end();
    }

    private static Value.Fields tsl(Call<Which> call, ThingModel model) {
        Product product = call.product(call.input().productKey());
        Value.Fields tsl = ModelText.tsl(product, model, call.input().functionBlockId());
        String text = ValueJson.write(Boolean.TRUE.equals(call.input().simple()) ? ModelText.simple(tsl) : tsl);
        return Value.Fields.of("Data", Value.Fields.of("TslStr", new Value.Text(text)));
    }

    /// What a model says of Modbus and the like, as a text: nothing here, where gateways know it by themselves.
    private static Value.Fields extension(Call<Which> call, ThingModel model) {
        Product product = call.product(call.input().productKey());
        var _ = ModelText.tsl(product, model, call.input().functionBlockId()); // refuses a module that is not there
        Members document = new Members()
                .with("profile", Value.Fields.of("productKey", new Value.Text(product.key())))
                .with("properties", List.of());
        return Value.Fields.of(
                "Data", Value.Fields.of("Configuration", new Value.Text(ValueJson.write(document.end()))));
    }

    private Value.Fields versions(Call<OneProduct> call) {
        List<Value> versions = models
                .versions(call.product(call.input().productKey()).key())
                .stream()
                .<Value>map(version -> new Members()
                        .with("Description", version.label().description())
                        .with("GmtCreate", version.published().toEpochMilli())
                        .with("ModelVersion", version.name())
                        .end())
                .toList();
        return Value.Fields.of("Data", Value.Fields.of("ModelVersions", new Value.Items(versions)));
    }
}
