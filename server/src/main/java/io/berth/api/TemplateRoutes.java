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

    public TemplateRoutes(Templates templates) {
        this.templates = templates;
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
                        call -> ShownTemplate.of(templates.create(call.input().draft()))),
                Route.get(
                        all,
                        Demand.read(Area.DEVICES).withinSpaces(),
                        "Lists templates, the newest first",
                        Nothing.class,
                        TemplateList.class,
                        _ -> new TemplateList(
                                templates.list().stream().map(ShownTemplate::of).toList())),
                Route.get(
                        one,
                        Demand.read(Area.DEVICES).withinSpaces(),
                        "Shows a template",
                        Nothing.class,
                        ShownTemplate.class,
                        call -> ShownTemplate.of(templates.get(call.path("template")))),
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
    /// @param product as Huawei's applications call it
    /// @param tags values by their keys
    public record NewTemplate(
            String name,
            @Nullable String description,
            @Nullable String deviceName,
            String nodeId,
            String product,
            @Nullable Map<String, String> tags) {
        private Templates.Draft draft() {
            SequencedMap<String, Source> sources = new LinkedHashMap<>();
            if (tags != null) {
                tags.forEach((key, value) -> sources.put(key, source(value)));
            }
            Plan plan =
                    new Plan(deviceName == null ? null : source(deviceName), source(nodeId), source(product), sources);
            return new Templates.Draft(name, description == null ? "" : description, used(plan), plan);
        }

        private static Set<SubjectPart> used(Plan plan) {
            return Stream.concat(
                            Stream.of(plan.nodeId(), plan.product()),
                            Stream.concat(Stream.ofNullable(plan.deviceName()), plan.tags().values().stream()))
                    .flatMap(source -> source instanceof Source.Of(SubjectPart part) ? Stream.of(part) : Stream.empty())
                    .collect(Collectors.toSet());
        }
    }

    public record TemplateList(List<ShownTemplate> items) {}

    public record ShownTemplate(
            String id,
            String name,
            String description,
            @Nullable String deviceName,
            String nodeId,
            String product,
            Map<String, String> tags,
            Instant created,
            Instant updated) {
        private static ShownTemplate of(Template template) {
            Plan plan = template.plan();
            Map<String, String> tags = new LinkedHashMap<>();
            plan.tags().forEach((key, source) -> tags.put(key, text(source)));
            return new ShownTemplate(
                    template.id(),
                    template.name(),
                    template.description(),
                    plan.deviceName() == null ? null : text(plan.deviceName()),
                    text(plan.nodeId()),
                    text(plan.product()),
                    tags,
                    template.created(),
                    template.updated());
        }
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
