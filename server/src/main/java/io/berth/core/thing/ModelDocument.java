package io.berth.core.thing;

import io.berth.core.Value;

/// A thing model as a tree of values, complete and in no vendor's form: how models are kept.
///
/// What has its usual value (an empty text, no bound, a flag that is off) is left out. Reading passes over
/// members it does not know, so that a model written by a later version stays readable; a word or a type it
/// does not know is MODEL_INVALID, because a model without it would mean something else.
public final class ModelDocument {
    private ModelDocument() {}

    public static Value.Fields write(ThingModel model) {
        return new DocumentWriter()
                .list("modules", model.modules(), ModelDocument::write)
                .fields();
    }

    /// MODEL_INVALID when the tree is no model, or one that contradicts itself.
    public static ThingModel read(Value.Fields document) {
        return new ThingModel(new DocumentReader(document).list("modules", ModelDocument::module));
    }

    private static Value.Fields write(Module module) {
        return new DocumentWriter()
                .text("id", module.id())
                .text("name", module.name())
                .text("description", module.description())
                .text("type", module.type())
                .word("presence", module.presence())
                .list("properties", module.properties(), ModelDocument::write)
                .list("events", module.events(), ModelDocument::write)
                .list("services", module.services(), ModelDocument::write)
                .fields();
    }

    private static Module module(DocumentReader branch) {
        return new Module(
                branch.text("id"),
                branch.text("name"),
                branch.text("description"),
                branch.text("type"),
                branch.word("presence", Module.Presence.class),
                branch.list("properties", ModelDocument::property),
                branch.list("events", ModelDocument::event),
                branch.list("services", ModelDocument::service));
    }

    private static Value.Fields write(Property property) {
        return branch(property.parameter())
                .flag("readable", property.readable())
                .flag("writable", property.writable())
                .flag("reportable", property.reportable())
                .fields();
    }

    private static Property property(DocumentReader branch) {
        return new Property(
                parameter(branch), branch.flag("readable"), branch.flag("writable"), branch.flag("reportable"));
    }

    private static Value.Fields write(EventType event) {
        return new DocumentWriter()
                .text("identifier", event.identifier())
                .text("name", event.name())
                .text("description", event.description())
                .word("level", event.level())
                .flag("required", event.required())
                .list("output", event.output(), ModelDocument::write)
                .fields();
    }

    private static EventType event(DocumentReader branch) {
        return new EventType(
                branch.text("identifier"),
                branch.text("name"),
                branch.text("description"),
                branch.word("level", EventType.Level.class),
                branch.flag("required"),
                branch.list("output", ModelDocument::parameter));
    }

    private static Value.Fields write(Service service) {
        return new DocumentWriter()
                .text("identifier", service.identifier())
                .text("name", service.name())
                .text("description", service.description())
                .word("callType", service.callType())
                .flag("required", service.required())
                .list("input", service.input(), ModelDocument::write)
                .text("outputName", service.outputName())
                .list("output", service.output(), ModelDocument::write)
                .fields();
    }

    private static Service service(DocumentReader branch) {
        return new Service(
                branch.text("identifier"),
                branch.text("name"),
                branch.text("description"),
                branch.word("callType", Service.CallType.class),
                branch.flag("required"),
                branch.list("input", ModelDocument::parameter),
                branch.text("outputName"),
                branch.list("output", ModelDocument::parameter));
    }

    static Value.Fields write(Parameter parameter) {
        return branch(parameter).fields();
    }

    private static DocumentWriter branch(Parameter parameter) {
        return new DocumentWriter()
                .text("identifier", parameter.identifier())
                .text("name", parameter.name())
                .text("description", parameter.description())
                .put("type", TypeDocument.write(parameter.type()))
                .flag("required", parameter.required())
                .text("unit", parameter.unit())
                .text("unitName", parameter.unitName())
                .put("initial", parameter.initial());
    }

    static Parameter parameter(DocumentReader branch) {
        return new Parameter(
                branch.text("identifier"),
                branch.text("name"),
                branch.text("description"),
                TypeDocument.read(branch.branch("type")),
                branch.flag("required"),
                branch.text("unit"),
                branch.text("unitName"),
                branch.value("initial"));
    }
}
