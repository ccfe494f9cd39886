package io.berth.api;

import static io.berth.core.ProblemException.require;

import io.berth.api.Route.Nothing;
import io.berth.core.Payload;
import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.caller.Area;
import io.berth.core.product.ModelStore.Version;
import io.berth.core.product.Product;
import io.berth.core.product.Products;
import io.berth.core.product.ThingModels;
import io.berth.core.thing.Module;
import io.berth.core.thing.ThingModel;
import io.berth.dialect.ModelFormat;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The thing models of products: in and out in every format, drafts, and what devices meet once published.
public final class ThingModelRoutes implements NativeApi.Group {
    private final ThingModels models;
    private final Products products;
    private final List<ModelFormat> formats;

    /// @param formats the first is written when the caller does not say; of those that recognise a file, the
    ///     first reads it
    public ThingModelRoutes(ThingModels models, Products products, List<ModelFormat> formats) {
        this.models = models;
        this.products = products;
        this.formats = List.copyOf(formats);
    }

    @Override
    public List<Route<?, ?>> routes() {
        String model = "/products/{product}/model";
        return List.of(
                Route.get(
                        model,
                        Demand.read(Area.MODELS),
                        "Writes the thing model of a product",
                        Which.class,
                        ModelFile.class,
                        this::export),
                Route.upload(
                        model,
                        Demand.operate(Area.MODELS),
                        "Reads a thing model and makes it the draft",
                        ImportOptions.class,
                        ReadModel.class,
                        this::importModel),
                Route.upload(
                        model + "/validate",
                        Demand.read(Area.MODELS),
                        "Reads a thing model and changes nothing",
                        Format.class,
                        ReadModel.class,
                        this::validate),
                Route.post(
                        model + "/publish",
                        Demand.operate(Area.MODELS),
                        "Makes the draft what devices meet",
                        Nothing.class,
                        ModelVersion.class,
                        call -> ModelVersion.of(models.publish(call.path("product")))),
                Route.get(
                        model + "/versions",
                        Demand.read(Area.MODELS),
                        "Lists the published thing models, newest first",
                        Nothing.class,
                        VersionList.class,
                        this::versions));
    }

    /// @param draft the draft instead of the published model
    /// @param version a published model other than the newest
    public record Which(
            @Nullable Boolean draft,
            @Nullable Integer version,
            @Nullable String format) {}

    /// @param format guessed from the file when absent
    /// @param publish at once
    public record ImportOptions(
            @Nullable String format, @Nullable Boolean publish) {}

    /// @param format guessed from the file when absent
    public record Format(@Nullable String format) {}

    /// @param text the file where it is text, else `base64` has it
    /// @param notes what of the model the format has no word for, and what became of it
    public record ModelFile(
            String format,
            String mediaType,
            @Nullable String text,
            @Nullable String base64,
            List<String> notes) {}

    /// @param version when it was published
    /// @param notes what of the file did not fit, and what became of it
    public record ReadModel(
            String format,
            @Nullable Integer version,
            int modules,
            int properties,
            int events,
            int services,
            List<String> notes) {
        private static ReadModel of(Read read, @Nullable Integer version) {
            Counts counts = Counts.of(read.imported().model());
            return new ReadModel(
                    read.format().name(),
                    version,
                    counts.modules(),
                    counts.properties(),
                    counts.events(),
                    counts.services(),
                    read.imported().notes());
        }
    }

    public record ModelVersion(int version, Instant published, int modules, int properties, int events, int services) {
        private static ModelVersion of(Version version) {
            Counts counts = Counts.of(version.model());
            return new ModelVersion(
                    version.number(),
                    version.published(),
                    counts.modules(),
                    counts.properties(),
                    counts.events(),
                    counts.services());
        }
    }

    public record VersionList(List<ModelVersion> items) {}

    private record Counts(int modules, int properties, int events, int services) {
        static Counts of(ThingModel model) {
            List<Module> modules = model.modules();
            return new Counts(
                    modules.size(),
                    modules.stream().mapToInt(each -> each.properties().size()).sum(),
                    modules.stream().mapToInt(each -> each.events().size()).sum(),
                    modules.stream().mapToInt(each -> each.services().size()).sum());
        }
    }

    private record Read(ModelFormat format, ModelFormat.Imported imported) {}

    private ModelFile export(Call<Which> call) {
        String format = call.input().format();
        ModelFormat chosen = format == null ? formats.getFirst() : named(format);
        Product product = products.get(call.path("product"));
        ModelFormat.Exported exported = chosen.write(product, chosen(product, call.input()));
        Content content = Content.of(exported.file());
        return new ModelFile(chosen.name(), exported.mediaType(), content.text(), content.base64(), exported.notes());
    }

    private ThingModel chosen(Product product, Which which) {
        boolean draft = Boolean.TRUE.equals(which.draft());
        Integer version = which.version();
        require(!draft || version == null, "give either \"draft\" or \"version\"");
        if (version != null) {
            return models.version(product.key(), version).model();
        }
        return draft ? models.draft(product.key()) : product.model();
    }

    private ReadModel importModel(Call<ImportOptions> call) throws IOException {
        String product = call.path("product");
        Read read = read(call.file(), call.input().format());
        models.saveDraft(product, read.imported().model());
        return ReadModel.of(
                read,
                Boolean.TRUE.equals(call.input().publish())
                        ? models.publish(product).number()
                        : null);
    }

    private ReadModel validate(Call<Format> call) throws IOException {
        products.get(call.path("product"));
        return ReadModel.of(read(call.file(), call.input().format()), null);
    }

    private VersionList versions(Call<Nothing> call) {
        return new VersionList(models.versions(call.path("product")).stream()
                .map(ModelVersion::of)
                .toList());
    }

    private Read read(Payload file, @Nullable String format) {
        ModelFormat reader = format == null ? recognising(file) : named(format);
        return new Read(reader, reader.read(file));
    }

    private ModelFormat recognising(Payload file) {
        return formats.stream()
                .filter(format -> format.recognises(file))
                .findFirst()
                .orElseThrow(() -> new ProblemException(
                        Problem.MODEL_INVALID, "the file is no thing model: it is none of " + names()));
    }

    private ModelFormat named(String name) {
        return formats.stream()
                .filter(format -> format.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new ProblemException(
                        Problem.INVALID_ARGUMENT, "\"format\" must be one of " + names() + ", not \"" + name + "\""));
    }

    private String names() {
        return formats.stream().map(ModelFormat::name).collect(Collectors.joining(", "));
    }
}
