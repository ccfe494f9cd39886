package io.berth.dialect.huawei.rest;

import io.berth.core.certificate.Template;
import io.berth.core.certificate.Templates;
import io.berth.dialect.huawei.HuaweiStamp;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Templates by which devices register themselves (spec huawei-iotda 2.6, 7.11). They belong to no resource
/// space.
final class HuaweiTemplateRoutes {
    private final Templates templates;

    HuaweiTemplateRoutes(RestServices services) {
        this.templates = services.certified().templates();
    }

    record NewTemplate(String templateName, @Nullable String description, TemplateBody templateBody) {}

    record Wanted(
            @Nullable String templateName,
            @Nullable Integer limit,
            @Nullable String marker,
            @Nullable Integer offset) {}

    /// What is null stays.
    record Changed(
            String templateId,
            @Nullable String description,
            @Nullable TemplateBody templateBody) {}

    record TemplateOnly(String templateId) {}

    record Shown(
            String templateId,
            String templateName,
            String description,
            TemplateBody templateBody,
            String createTime,
            String updateTime) {}

    record Listed(String templateId, String templateName, String description, String createTime, String updateTime) {}

    record ListedAll(List<Listed> templates, Paging.Shown page) {}

    Shown create(RestCall<NewTemplate> call) {
        call.sight().demandAllSpaces();
        NewTemplate wanted = call.input();
        return shown(templates.create(wanted.templateBody()
                .draft(wanted.templateName(), Objects.requireNonNullElse(wanted.description(), ""))));
    }

    ListedAll list(RestCall<Wanted> call) {
        Wanted wanted = call.input();
        Paging paging = Paging.of(wanted.limit(), wanted.marker(), wanted.offset());
        List<Template> all = templates.list().stream()
                .filter(template ->
                        wanted.templateName() == null || template.name().contains(wanted.templateName()))
                .toList();
        var part = paging.of(all, HuaweiTemplateRoutes::marker, HuaweiTemplateRoutes::listed);
        return new ListedAll(part.items(), part.page());
    }

    Shown show(RestCall<TemplateOnly> call) {
        return shown(templates.get(call.input().templateId()));
    }

    Shown update(RestCall<Changed> call) {
        call.sight().demandAllSpaces();
        Changed wanted = call.input();
        Template before = templates.get(wanted.templateId());
        String description = Objects.requireNonNullElse(wanted.description(), before.description());
        TemplateBody body = Objects.requireNonNullElse(wanted.templateBody(), TemplateBody.of(before));
        return shown(templates.change(before.id(), body.draft(before.name(), description)));
    }

    @Nullable
    Void delete(RestCall<TemplateOnly> call) {
        call.sight().demandAllSpaces();
        templates.delete(call.input().templateId());
        return null;
    }

    private static Shown shown(Template template) {
        return new Shown(
                template.id(),
                template.name(),
                template.description(),
                TemplateBody.of(template),
                HuaweiStamp.seconds(template.created()),
                HuaweiStamp.seconds(template.updated()));
    }

    private static Listed listed(Template template) {
        return new Listed(
                template.id(),
                template.name(),
                template.description(),
                HuaweiStamp.seconds(template.created()),
                HuaweiStamp.seconds(template.updated()));
    }

    private static String marker(Template template) {
        return Paging.marker(template.created(), template.id());
    }
}
