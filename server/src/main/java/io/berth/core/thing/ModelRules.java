package io.berth.core.thing;

import io.berth.core.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// What a thing model must keep to (spec aliyun-device 6 and 7, huawei-iotda 10): the wider of both vendors'
/// bounds, so that either's models fit. Finds every fault, not only the first.
final class ModelRules {
    static final int MAX_MODULES = 500;
    static final int MAX_MEMBERS = 300;
    static final int MAX_PARAMETERS = 100;
    static final int MAX_STRUCT_MEMBERS = 50;
    static final int MAX_CHOICES = 100;
    static final int MAX_LIST = 512;

    private static final Pattern IDENTIFIER = Pattern.compile("[$A-Za-z][$A-Za-z0-9_.-]{0,63}");

    /// Where a type stands: lists and structs hold no lists, structs no structs (spec aliyun-device 7).
    private enum Within {
        NOTHING,
        LIST,
        STRUCT
    }

    private final List<String> faults = new ArrayList<>();

    private ModelRules() {}

    static List<String> faults(List<Module> modules) {
        ModelRules rules = new ModelRules();
        rules.atMost(modules.size(), MAX_MODULES, "the model", "modules");
        Set<String> ids = new HashSet<>();
        for (Module module : modules) {
            rules.module(module, ids);
        }
        return rules.faults;
    }

    private void module(Module module, Set<String> ids) {
        String where = module.id().isEmpty() ? "the default module" : "module " + module.id();
        if (!module.id().isEmpty()) {
            identifier(module.id(), where);
            unless(!module.id().equals(Module.DEFAULT_WORD), where + " has the name of the default module");
        }
        unless(ids.add(module.id()), where + " is there twice");
        int members = module.properties().size()
                + module.events().size()
                + module.services().size();
        atMost(members, MAX_MEMBERS, where, "properties, events and services");
        properties(module);
        Set<String> events = new HashSet<>();
        for (EventType event : module.events()) {
            String at = "event " + Module.key(module.id(), event.identifier());
            identifier(event.identifier(), at);
            unless(events.add(event.identifier()), at + " is there twice");
            atMost(event.output().size(), MAX_PARAMETERS, at, "outputs");
            parameters(event.output(), at, Within.NOTHING);
        }
        Set<String> services = new HashSet<>();
        for (Service service : module.services()) {
            String at = "service " + Module.key(module.id(), service.identifier());
            identifier(service.identifier(), at);
            unless(services.add(service.identifier()), at + " is there twice");
            atMost(service.input().size(), MAX_PARAMETERS, at, "inputs");
            parameters(service.input(), at + " input", Within.NOTHING);
            atMost(service.output().size(), MAX_PARAMETERS, at, "outputs");
            parameters(service.output(), at + " output", Within.NOTHING);
        }
    }

    private void properties(Module module) {
        Set<String> identifiers = new HashSet<>();
        for (Property property : module.properties()) {
            String at = "property " + Module.key(module.id(), property.identifier());
            parameter(property.parameter(), at, identifiers, Within.NOTHING);
            unless(
                    property.readable() || property.writable() || property.reportable(),
                    at + " can neither be read nor set nor reported");
        }
    }

    private void parameters(List<Parameter> parameters, String where, Within within) {
        Set<String> identifiers = new HashSet<>();
        for (Parameter parameter : parameters) {
            parameter(parameter, where + ", " + parameter.identifier(), identifiers, within);
        }
    }

    private void parameter(Parameter parameter, String at, Set<String> identifiers, Within within) {
        identifier(parameter.identifier(), at);
        unless(identifiers.add(parameter.identifier()), at + " is there twice");
        type(parameter.type(), at, within);
        initial(parameter, at);
    }

    private void type(DataType type, String at, Within within) {
        switch (type) {
            case DataType.Int(Bounds bounds) -> whole(bounds, Integer.MIN_VALUE, Integer.MAX_VALUE, at);
            case DataType.Long(Bounds bounds) -> whole(bounds, Long.MIN_VALUE, Long.MAX_VALUE, at);
            case DataType.Real(var _, Bounds bounds) -> bounds(bounds, at);
            case DataType.Choice choice -> {
                unless(!choice.labels().isEmpty(), at + " has nothing to choose from");
                atMost(choice.labels().size(), MAX_CHOICES, at, "choices");
            }
            case DataType.Word word -> {
                unless(!word.words().isEmpty(), at + " has nothing to choose from");
                unless(new HashSet<>(word.words()).size() == word.words().size(), at + " has a word twice");
            }
            case DataType.Text text -> unless(text.maxLength() >= 0, at + " has a negative length");
            case DataType.Struct struct -> {
                unless(within != Within.STRUCT, at + " is nested too deep: a struct holds no struct");
                atMost(struct.members().size(), MAX_STRUCT_MEMBERS, at, "members");
                if (within != Within.STRUCT) {
                    parameters(struct.members(), at, Within.STRUCT);
                }
            }
            case DataType.ListOf list -> {
                unless(within == Within.NOTHING, at + " is nested too deep: lists and structs hold no list");
                unless(list.maxSize() >= 1 && list.maxSize() <= MAX_LIST, at + " must have room for 1 to 512 items");
                if (within == Within.NOTHING) {
                    type(list.item(), at, Within.LIST);
                }
            }
            case DataType.Flag _, DataType.Moment _, DataType.Json _ -> {}
        }
    }

    private void initial(Parameter parameter, String at) {
        Value initial = parameter.initial();
        if (initial != null) {
            Check check = Check.tolerant();
            unless(parameter.type().admit(initial, "", check) != null, at + " starts with a value that does not fit");
        }
    }

    private void whole(Bounds bounds, long lowest, long highest, String at) {
        bounds(bounds, at);
        unless(bounds.isWhole(), at + " is a whole number with bounds that are none");
        unless(bounds.meets(lowest, highest), at + " has bounds that no value of its type is within");
    }

    private void bounds(Bounds bounds, String at) {
        unless(!bounds.isUpsideDown(), at + " has a min above its max");
        unless(!bounds.hasStepOfNothing(), at + " has a step that is not above 0");
    }

    private void identifier(String identifier, String at) {
        unless(
                IDENTIFIER.matcher(identifier).matches(),
                at + ": an identifier has 1 to 64 of A-Z a-z 0-9 _ . - $ and begins with a letter");
    }

    private void atMost(int count, int bound, String where, String what) {
        unless(count <= bound, where + " has more than " + bound + " " + what);
    }

    private void unless(boolean holds, String fault) {
        if (!holds) {
            faults.add(fault);
        }
    }
}
