package io.berth.dialect.aliyun.openapi;

import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.thing.EventType;
import io.berth.core.thing.Module;
import io.berth.core.thing.Property;
import io.berth.core.thing.Service;
import io.berth.core.thing.ThingModel;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/// A thing model that is worked on, feature by feature: a feature is a property, an event or a service.
record ModelDraft(ThingModel model) {
    private static final int MAX_FEATURES = 10;

    /// With new features in a module, which is made when it is not there.
    ThingModel adding(Module part) {
        requireFew(part);
        Module module = module(part);
        Set<String> taken = new HashSet<>(identifiers(module));
        for (String identifier : identifiers(part)) {
            if (!taken.add(identifier)) {
                throw new ProblemException(Problem.MODEL_INVALID, "there is a feature " + identifier + " already");
            }
        }
        return with(joined(named(module, part), part));
    }

    /// With other features in place of those of the same identifiers, and of `identifier`.
    ///
    /// @param identifier of one that may get another; empty for none
    ThingModel replacing(String identifier, Module part) {
        requireFew(part);
        Module module = module(part);
        Set<String> gone = new HashSet<>(identifiers(part));
        if (!identifier.isEmpty()) {
            if (!identifiers(module).contains(identifier)) {
                throw new ProblemException(Problem.MODEL_NOT_FOUND, "there is no feature " + identifier);
            }
            gone.add(identifier);
        }
        Module rest = without(named(module, part), new Gone(gone, gone, gone));
        return with(joined(rest, part));
    }

    record Gone(Collection<String> properties, Collection<String> events, Collection<String> services) {}

    /// A module that is left with nothing goes as well.
    ThingModel without(String id, Gone gone) {
        Module module = model.module(id);
        if (module == null) {
            throw new ProblemException(Problem.MODEL_NOT_FOUND, "there is no module \"" + id + "\"");
        }
        Module rest = without(module, gone);
        return identifiers(rest).isEmpty()
                ? new ThingModel(model.modules().stream()
                        .filter(each -> !each.id().equals(id))
                        .toList())
                : with(rest);
    }

    /// With this in place of the module of its id.
    ThingModel with(Module changed) {
        List<Module> modules = new ArrayList<>(model.modules());
        int at = modules.indexOf(model.module(changed.id()));
        if (at < 0) {
            modules.add(changed);
        } else {
            modules.set(at, changed);
        }
        return new ThingModel(modules);
    }

    private Module module(Module like) {
        Module module = model.module(like.id());
        return module != null ? module : parts(like, List.of(), List.of(), List.of());
    }

    private static Module named(Module module, Module part) {
        String name = part.name().isEmpty() ? module.name() : part.name();
        return new Module(
                module.id(),
                name,
                module.description(),
                module.type(),
                module.presence(),
                module.properties(),
                module.events(),
                module.services());
    }

    private static Module joined(Module module, Module part) {
        return parts(
                module,
                both(module.properties(), part.properties()),
                both(module.events(), part.events()),
                both(module.services(), part.services()));
    }

    private static Module without(Module module, Gone gone) {
        return parts(
                module,
                rest(module.properties(), Property::identifier, gone.properties()),
                rest(module.events(), EventType::identifier, gone.events()),
                rest(module.services(), Service::identifier, gone.services()));
    }

    private static Module parts(
            Module module, List<Property> properties, List<EventType> events, List<Service> services) {
        return new Module(
                module.id(),
                module.name(),
                module.description(),
                module.type(),
                module.presence(),
                properties,
                events,
                services);
    }

    private static List<String> identifiers(Module module) {
        return Stream.of(
                        module.properties().stream().map(Property::identifier),
                        module.events().stream().map(EventType::identifier),
                        module.services().stream().map(Service::identifier))
                .flatMap(each -> each)
                .toList();
    }

    private static <T> List<T> both(List<T> before, List<T> added) {
        return Stream.concat(before.stream(), added.stream()).toList();
    }

    private static <T> List<T> rest(List<T> all, Function<T, String> identifier, Collection<String> gone) {
        return all.stream()
                .filter(each -> !gone.contains(identifier.apply(each)))
                .toList();
    }

    private static void requireFew(Module part) {
        Refusal.require(
                identifiers(part).size() <= MAX_FEATURES,
                "check.ParameterIsNotLessThanMax",
                "one call has at most " + MAX_FEATURES + " features");
    }
}
