package io.berth.rule.scene;

import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.Value;
import io.berth.core.device.DeviceId;
import io.berth.core.product.Product;
import io.berth.core.state.Things;
import io.berth.core.thing.Check;
import io.berth.core.thing.DataType;
import io.berth.core.thing.EventType;
import io.berth.core.thing.Parameter;
import io.berth.core.thing.Property;
import io.berth.core.thing.Service;
import io.berth.core.thing.ThingModel;
import io.berth.json.Faults;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Whether what a plan names exists and can be compared and set: asked when a scene is made or changed. Blocks.
final class PlanCheck {
    private final SceneSite site;
    private final Plan plan;
    private final Faults faults = new Faults();

    /// Of the devices that may trigger it.
    private final Set<String> products;

    private PlanCheck(SceneSite site, Plan plan) {
        this.site = site;
        this.plan = plan;
        this.products = plan.told().map(told -> told.subject().product()).collect(Collectors.toSet());
    }

    /// INVALID_ARGUMENT names everything that is wrong.
    static void check(SceneSite site, Plan plan) {
        PlanCheck check = new PlanCheck(site, plan);
        plan.triggers().forEach(check::trigger);
        plan.conditions().forEach(check::condition);
        plan.actions().forEach(check::action);
        check.faults.refuse(Problem.INVALID_ARGUMENT);
    }

    private void trigger(Trigger trigger) {
        if (!(trigger instanceof Trigger.Told told)) {
            return;
        }
        Subject subject = told.subject();
        Optional<ThingModel> model = model(subject.product(), trigger);
        if (model.isEmpty()) {
            return;
        }
        if (!subject.device().isEmpty()) {
            device(new DeviceId(subject.product(), subject.device()), trigger);
        }
        switch (told) {
            case Trigger.Reported reported ->
                property(subject.product(), reported.property(), reported.comparison(), trigger);
            case Trigger.Changed changed -> property(subject.product(), changed.property(), null, trigger);
            case Trigger.Happened happened -> event(happened, model.get());
            case Trigger.Presence _ -> {}
        }
    }

    private void event(Trigger.Happened trigger, ThingModel model) {
        EventType type = model.event(trigger.event());
        if (type == null) {
            fault(
                    trigger,
                    "the thing model of " + trigger.subject().product() + " has no event \"" + trigger.event() + "\"");
            return;
        }
        Trigger.OutputIs output = trigger.output();
        if (output != null) {
            Optional<DataType> found = type.output().stream()
                    .filter(parameter ->
                            parameter.identifier().equals(output.path().key()))
                    .map(Parameter::type)
                    .findFirst()
                    .flatMap(output.path()::in);
            if (found.isEmpty()) {
                fault(trigger, "the event \"" + trigger.event() + "\" has no output \"" + output.path() + "\"");
            } else {
                comparison(output.comparison(), found.get(), trigger);
            }
        }
    }

    private void condition(Condition condition) {
        switch (condition) {
            case Condition.PropertyIs is -> {
                for (String product : productsOf(is.device(), condition)) {
                    property(product, is.property(), is.comparison(), condition);
                }
            }
            case Condition.PresenceIs is -> productsOf(is.device(), condition);
            case Condition.Window _ -> {}
        }
    }

    private void action(Action action) {
        switch (action) {
            case Action.SetProperties set -> {
                for (String product : productsOf(set.device(), action)) {
                    model(product, action).ifPresent(model -> settable(set, model));
                }
            }
            case Action.CallService call -> {
                for (String product : productsOf(call.device(), action)) {
                    model(product, action).ifPresent(model -> callable(call, product, model));
                }
            }
            case Action.RaiseAlarm _, Action.ClearAlarm _, Action.Notify _ -> {}
        }
    }

    private void settable(Action.SetProperties set, ThingModel model) {
        if (set.values().isEmpty()) {
            fault(set, "there is nothing to set");
            return;
        }
        try {
            Things.admit(model, set.values());
        } catch (ProblemException e) {
            fault(set, e.detail());
        }
    }

    private void callable(Action.CallService call, String product, ThingModel model) {
        Service service = model.service(call.service());
        Check check = Check.tolerant();
        if (service == null) {
            fault(call, "the thing model of " + product + " has no service \"" + call.service() + "\"");
        } else if (service.admitInput(call.input(), check) == null) {
            fault(call, check.toString());
        }
    }

    /// The products whose model decides: that of the device, else those of the devices that may trigger it.
    private Set<String> productsOf(@Nullable DeviceId device, Object part) {
        if (device == null) {
            if (plan.triggers().stream().anyMatch(Trigger.Clock.class::isInstance)) {
                fault(part, "a time has no device: name \"product\" and \"device\"");
            }
            return products;
        }
        return device(device, part) ? Set.of(device.product()) : Set.of();
    }

    private boolean device(DeviceId device, Object part) {
        boolean there = site.knows(device);
        if (!there) {
            fault(part, "there is no device " + device);
        }
        return there;
    }

    private Optional<ThingModel> model(String product, Object part) {
        Optional<ThingModel> model = site.products().find(product).map(Product::model);
        if (model.isEmpty()) {
            fault(part, "there is no product \"" + product + "\"");
        } else if (model.get().isEmpty() && !(part instanceof Trigger.Presence)) {
            fault(part, "product " + product + " has no thing model");
            return Optional.empty();
        }
        return model;
    }

    private void property(String product, ValuePath path, @Nullable Comparison comparison, Object part) {
        Optional<ThingModel> model = model(product, part);
        if (model.isEmpty()) {
            return;
        }
        Property property = model.get().property(path.key());
        Optional<DataType> type = property == null ? Optional.empty() : path.in(property.type());
        if (property == null || type.isEmpty()) {
            fault(
                    part,
                    "the thing model of " + product + " has no property \"" + path + "\"" + near(model.get(), path));
        } else if (!property.comesFromDevice()) {
            fault(part, path + " is not for the device to report");
        } else if (comparison != null) {
            comparison(comparison, type.get(), part);
        }
    }

    private void comparison(Comparison comparison, DataType type, Object part) {
        if (comparison.operator().orders()) {
            boolean ordered = type instanceof DataType.Int
                    || type instanceof DataType.Long
                    || type instanceof DataType.Real
                    || type instanceof DataType.Moment;
            if (!ordered || comparison.operands().stream().anyMatch(operand -> Comparison.number(operand) == null)) {
                fault(part, "only numbers are greater or less than others: use = or !=");
            }
            return;
        }
        Check check = Check.tolerant();
        for (Value operand : comparison.operands()) {
            if (type.admit(operand, "the value", check) == null) {
                fault(part, check.toString());
                return;
            }
        }
    }

    private static String near(ThingModel model, ValuePath path) {
        List<String> same = model.properties().keySet().stream()
                .filter(key -> key.equalsIgnoreCase(path.key()) || key.endsWith(":" + path.key()))
                .toList();
        return same.isEmpty() ? "" : ": did you mean \"" + same.getFirst() + "\"?";
    }

    private void fault(Object part, String detail) {
        faults.add("\"" + part + "\": " + detail);
    }
}
