package io.berth.api;

import io.berth.api.Route.Nothing;
import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.caller.Area;
import io.berth.core.certificate.SubjectPart;
import io.berth.core.certificate.Template;
import io.berth.core.certificate.Template.Plan;
import io.berth.core.certificate.Template.Source;
import io.berth.core.certificate.Templates;
import io.berth.core.product.Product;
import io.berth.core.product.Products;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Templates by which devices register themselves from the certificates of their owners' authorities.
public final class TemplateRoutes implements NativeApi.Group {
    /// Begins a value that is taken from the subject of a certificate: `$common-name`.
    private static final char REFERENCE = '$';

    private final Templates templates;
    private final Products products;

    public TemplateRoutes(Templates templates, Products products) {
        this.templates = templates;
        this.products = products;
    }

    @Override
    public List<Route<?, ?>> routes() {
        String all = "/certificate-templates";
        String one = all + "/{template}";
        return List.of(
                Route.create(
                        all,
                        Demand.operate(Area.DEVICES),
                        "Makes a template by which devices register themselves from their certificates",
                        NewTemplate.class,
                        ShownTemplate.class,
                        call -> shown(templates.create(draft(call.input())))),
                Route.get(
                        all,
                        Demand.read(Area.DEVICES).withinSpaces(),
                        "Lists templates, the newest first",
                        Nothing.class,
                        TemplateList.class,
                        _ -> new TemplateList(
                                templates.list().stream().map(this::shown).toList())),
                Route.get(
                        one,
                        Demand.read(Area.DEVICES).withinSpaces(),
                        "Shows a template",
                        Nothing.class,
                        ShownTemplate.class,
                        call -> shown(templates.get(call.path("template")))),
                Route.delete(
                        one,
                        Demand.operate(Area.DEVICES),
                        "Deletes a template that no authority uses",
                        Nothing.class,
                        call -> templates.delete(call.path("template"))));
    }

    /// Each value is a text, or `$` and the part of a subject it is taken from: `$common-name`,
    /// `$serial-number`, `$country`, `$organization`, `$organizational-unit`, `$state`, `$name-qualifier`.
    ///
    /// @param product the key or the Huawei id of a product there is; or the part that says the Huawei id
    /// @param tags values by their keys
    public record NewTemplate(
            String name,
            @Nullable String description,
            @Nullable String deviceName,
            String nodeId,
            String product,
            @Nullable Map<String, String> tags) {}

    public record TemplateList(List<ShownTemplate> items) {}

    /// @param product its key; the Huawei id where no product has it; or a part of the subject
    public record ShownTemplate(
            String id,
            String name,
            String description,
            @Nullable String deviceName,
            String nodeId,
            String product,
            Map<String, String> tags,
            Instant created,
            Instant updated) {}

    private Templates.Draft draft(NewTemplate wanted) {
        SequencedMap<String, Source> tags = new LinkedHashMap<>();
        if (wanted.tags() != null) {
            wanted.tags().forEach((key, value) -> tags.put(key, source(value)));
        }
        Plan plan = new Plan(
                wanted.deviceName() == null ? null : source(wanted.deviceName()),
                source(wanted.nodeId()),
                product(source(wanted.product())),
                tags);
        String description = wanted.description() == null ? "" : wanted.description();
        return new Templates.Draft(wanted.name(), description, used(plan), plan);
    }

    /// A template is of the vendor's kind and says the vendor's id, whichever of the two the caller gave.
    private Source product(Source given) {
        return switch (given) {
            case Source.Text(String name) ->
                new Source.Text(products.find(name)
                        .orElseGet(() -> products.getByAlias(name))
                        .alias());
            case Source.Of _ -> given;
        };
    }

    private static Set<SubjectPart> used(Plan plan) {
        return Stream.concat(
                        Stream.of(plan.nodeId(), plan.product()),
                        Stream.concat(Stream.ofNullable(plan.deviceName()), plan.tags().values().stream()))
                .flatMap(source -> source instanceof Source.Of(SubjectPart part) ? Stream.of(part) : Stream.empty())
                .collect(Collectors.toSet());
    }

    private ShownTemplate shown(Template template) {
        Plan plan = template.plan();
        Map<String, String> tags = new LinkedHashMap<>();
        plan.tags().forEach((key, source) -> tags.put(key, text(source)));
        return new ShownTemplate(
                template.id(),
                template.name(),
                template.description(),
                plan.deviceName() == null ? null : text(plan.deviceName()),
                text(plan.nodeId()),
                shownProduct(plan.product()),
                tags,
                template.created(),
                template.updated());
    }

    private String shownProduct(Source source) {
        String text = text(source);
        return source instanceof Source.Text
                ? products.findByAlias(text).map(Product::key).orElse(text)
                : text;
    }

    private static Source source(String text) {
        if (text.isEmpty() || text.charAt(0) != REFERENCE) {
            return new Source.Text(text);
        }
        return Stream.of(SubjectPart.values())
                .filter(part -> text(new Source.Of(part)).equals(text))
                .<Source>map(Source.Of::new)
                .findFirst()
                .orElseThrow(() -> new ProblemException(
                        Problem.INVALID_ARGUMENT, "certificates have no part \"" + text + "\" to refer to"));
    }

    private static String text(Source source) {
        return switch (source) {
            case Source.Text(String text) -> text;
            case Source.Of(SubjectPart part) -> REFERENCE + Words.of(part);
        };
    }
}
