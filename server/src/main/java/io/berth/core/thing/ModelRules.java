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
    static final int MAX_NESTING = 2;

    private static final Pattern IDENTIFIER = Pattern.compile("[$A-Za-z][$A-Za-z0-9_.-]{0,63}");

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
        }
        unless(ids.add(module.id()), where + " is there twice");
        int members = module.properties().size()
                + module.events().size()
                + module.services().size();
        atMost(members, MAX_MEMBERS, where, "properties, events and services");
        parameters(module.properties().stream().map(Property::parameter).toList(), where, MAX_MEMBERS, 0);
        Set<String> events = new HashSet<>();
        for (EventType event : module.events()) {
            String at = "event " + Module.key(module.id(), event.identifier());
            identifier(event.identifier(), at);
            unless(events.add(event.identifier()), at + " is there twice");
            parameters(event.output(), at, MAX_PARAMETERS, 0);
        }
        Set<String> services = new HashSet<>();
        for (Service service : module.services()) {
            String at = "service " + Module.key(module.id(), service.identifier());
            identifier(service.identifier(), at);
            unless(services.add(service.identifier()), at + " is there twice");
            parameters(service.input(), at + " input", MAX_PARAMETERS, 0);
            parameters(service.output(), at + " output", MAX_PARAMETERS, 0);
        }
    }

    private void parameters(List<Parameter> parameters, String where, int bound, int depth) {
        atMost(parameters.size(), bound, where, "members");
        Set<String> identifiers = new HashSet<>();
        for (Parameter parameter : parameters) {
            String at = where + ", " + parameter.identifier();
            identifier(parameter.identifier(), at);
            unless(identifiers.add(parameter.identifier()), at + " is there twice");
            type(parameter.type(), at, depth);
            initial(parameter, at);
        }
    }

    private void type(DataType type, String at, int depth) {
        switch (type) {
            case DataType.Int(Bounds bounds) -> bounds(bounds, at);
            case DataType.Long(Bounds bounds) -> bounds(bounds, at);
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
                unless(depth < MAX_NESTING, at + " is nested too deep");
                if (depth < MAX_NESTING) {
                    parameters(struct.members(), at, MAX_STRUCT_MEMBERS, depth + 1);
                }
            }
            case DataType.ListOf list -> {
                unless(depth < MAX_NESTING, at + " is nested too deep");
                unless(list.maxSize() >= 1 && list.maxSize() <= MAX_LIST, at + " must have room for 1 to 512 items");
                if (depth < MAX_NESTING) {
                    type(list.item(), at, depth + 1);
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

    private void bounds(Bounds bounds, String at) {
        unless(!bounds.contradicts(), at + " has bounds that contradict each other");
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
