package io.berth.dialect.huawei.rest;

import static io.berth.core.ProblemException.require;

import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.Value;
import io.berth.core.certificate.SubjectPart;
import io.berth.core.certificate.Template;
import io.berth.core.certificate.Template.Plan;
import io.berth.core.certificate.Template.Source;
import io.berth.core.certificate.Templates;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a template does, in the vendor's words (spec huawei-iotda 2.6).
///
/// @param parameters the parts of a subject that are used, each with its type
record TemplateBody(Value.Fields parameters, Resources resources) {
    private static final String PREFIX = "iotda::certificate::";
    private static final String REF = "ref";
    private static final Value.Fields STRING = Value.Fields.of("type", new Value.Text("String"));
    private static final Map<SubjectPart, String> WORDS = Map.of(
            SubjectPart.COUNTRY, "country",
            SubjectPart.ORGANIZATION, "organization",
            SubjectPart.ORGANIZATIONAL_UNIT, "organizational_unit",
            SubjectPart.NAME_QUALIFIER, "distinguished_name_qualifier",
            SubjectPart.STATE, "state_name",
            SubjectPart.COMMON_NAME, "common_name",
            SubjectPart.SERIAL_NUMBER, "serial_number");

    record Resources(NewDevice device, @Nullable Policy policy) {}

    /// Every value but the key of a tag is a text, or refers to a parameter.
    record NewDevice(
            @Nullable Value deviceName,
            Value nodeId,
            Value productId,
            @Nullable List<NewTag> tags) {}

    record NewTag(String tagKey, Value tagValue) {}

    record Policy(@Nullable List<String> policyIds) {}

    /// INVALID_ARGUMENT, UNSUPPORTED.
    Templates.Draft draft(String name, String description) {
        Policy policy = resources.policy();
        if (policy != null && policy.policyIds() != null && !policy.policyIds().isEmpty()) {
            throw new ProblemException(Problem.UNSUPPORTED, "policies of devices are not supported by this release");
        }
        SequencedMap<String, Source> tags = new LinkedHashMap<>();
        NewDevice device = resources.device();
        Objects.requireNonNullElse(device.tags(), List.<NewTag>of())
                .forEach(tag -> tags.put(tag.tagKey(), source(tag.tagValue())));
        Plan plan = new Plan(
                device.deviceName() == null ? null : source(device.deviceName()),
                source(device.nodeId()),
                source(device.productId()),
                tags);
        return new Templates.Draft(name, description, declared(), plan);
    }

    static TemplateBody of(Template template) {
        SequencedMap<String, Value> parameters = new LinkedHashMap<>();
        template.declared().forEach(part -> parameters.put(word(part), STRING));
        Plan plan = template.plan();
        List<NewTag> tags = plan.tags().entrySet().stream()
                .map(tag -> new NewTag(tag.getKey(), value(tag.getValue())))
                .toList();
        return new TemplateBody(
                new Value.Fields(parameters),
                new Resources(
                        new NewDevice(
                                plan.deviceName() == null ? null : value(plan.deviceName()),
                                value(plan.nodeId()),
                                value(plan.product()),
                                tags),
                        null));
    }

    private Set<SubjectPart> declared() {
        Set<SubjectPart> declared = EnumSet.noneOf(SubjectPart.class);
        parameters.fields().forEach((name, type) -> {
            require(type.equals(STRING), "parameter " + name + " must be {\"type\": \"String\"}");
            declared.add(part(name));
        });
        return declared;
    }

    private static Source source(Value value) {
        return switch (value) {
            case Value.Text(String text) -> new Source.Text(text);
            case Value.Fields fields
            when fields.get(REF) instanceof Value.Text(String name) -> new Source.Of(part(name));
            default ->
                throw new ProblemException(
                        Problem.INVALID_ARGUMENT, "a value of a template is a text or {\"ref\": \"parameter\"}");
        };
    }

    private static Value value(Source source) {
        return switch (source) {
            case Source.Text(String text) -> new Value.Text(text);
            case Source.Of(SubjectPart part) -> Value.Fields.of(REF, new Value.Text(word(part)));
        };
    }

    private static String word(SubjectPart part) {
        return PREFIX + WORDS.get(part);
    }

    private static SubjectPart part(String name) {
        return WORDS.keySet().stream()
                .filter(part -> word(part).equals(name))
                .findFirst()
                .orElseThrow(() -> new ProblemException(
                        Problem.INVALID_ARGUMENT, "there is no parameter \"" + name + "\" of certificates"));
    }
}
