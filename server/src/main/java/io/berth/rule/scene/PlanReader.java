package io.berth.rule.scene;

import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.Value;
import io.berth.core.device.DeviceId;
import io.berth.json.Faults;
import io.berth.json.Place;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Reads what a person wrote. All faults are named at once; whether products and properties exist is not asked
/// here, so that a scene of yesterday can be read although its product has changed.
final class PlanReader {
    /// So many triggers, conditions and actions each.
    static final int MAX_PARTS = 20;

    private static final Duration LONGEST = Duration.ofDays(30);

    private final Faults faults = new Faults();

    private PlanReader() {}

    /// INVALID_ARGUMENT.
    static Plan read(Value.Fields plan) {
        PlanReader reader = new PlanReader();
        Place root = Place.of("the scene", plan, reader.faults);
        reader.known(root, Set.of("triggers", "conditions", "actions", "coolDown", "given"));
        List<Trigger> triggers = parts(root.member("triggers"), new TriggerReader(reader)::read);
        List<Condition> conditions = parts(root.member("conditions"), new ConditionReader(reader)::read);
        List<Action> actions = parts(root.member("actions"), new ActionReader(reader)::read);
        root.expect(!root.member("triggers").items().isEmpty(), "has no triggers");
        root.expect(!root.member("actions").items().isEmpty(), "has no actions");
        Duration coolDown = span(root.member("coolDown"));
        reader.faults.refuse(Problem.INVALID_ARGUMENT);
        return new Plan(triggers, conditions, actions, coolDown);
    }

    private static <T> List<T> parts(Place list, Function<Place, @Nullable T> reader) {
        List<Place> places = list.items();
        if (!list.expect(places.size() <= MAX_PARTS, "has more than " + MAX_PARTS + " members")) {
            return List.of();
        }
        List<T> parts = new ArrayList<>();
        for (Place place : places) {
            T part = place.requiredObject() ? reader.apply(place) : null;
            if (part != null) {
                parts.add(part);
            }
        }
        return parts;
    }

    /// Notes members nobody asked for: a misspelt one would change the meaning unseen.
    void known(Place place, Set<String> members) {
        for (String name : place.names()) {
            if (!members.contains(name)) {
                place.member(name)
                        .fault("is no member here; there are "
                                + String.join(", ", members.stream().sorted().toList()));
            }
        }
    }

    /// The one member that says what kind of part this is.
    static String kind(Place place, List<String> kinds) {
        List<String> named =
                kinds.stream().filter(kind -> !place.member(kind).isAbsent()).toList();
        place.expect(named.size() == 1, "needs one of " + String.join(", ", kinds));
        return named.size() == 1 ? named.getFirst() : "";
    }

    /// Both of `product` and `device`, or, for the device of the trigger, neither.
    static @Nullable DeviceId device(Place place) {
        Place product = place.member("product");
        Place device = place.member("device");
        if (product.isAbsent() && device.isAbsent()) {
            return null;
        }
        return id(product.requiredText(), device.requiredText(), place);
    }

    private static @Nullable DeviceId id(String product, String name, Place place) {
        boolean given = !product.isEmpty() && !name.isEmpty();
        boolean valid = given && DeviceId.isValid(product, name);
        place.expect(!given || valid, "\"" + product + "/" + name + "\" is no device");
        return valid ? new DeviceId(product, name) : null;
    }

    static ValuePath path(Place place) {
        return ValuePath.of(place.requiredText());
    }

    /// `is` and `value`; null, and a fault, when they are none.
    static @Nullable Comparison comparison(Place place) {
        Comparison.Operator operator = place.member("is").oneOf(OPERATORS);
        Place value = place.member("value");
        boolean there = value.expect(!value.isAbsent(), "is missing");
        if (there && operator == Comparison.Operator.BETWEEN) {
            value.expect(value.items().size() == 2, "is no list of two");
        }
        if (there && operator == Comparison.Operator.ONE_OF) {
            int size = value.items().size();
            value.expect(size >= 1 && size <= MAX_PARTS, "is no list of 1 to " + MAX_PARTS);
        }
        return operator == null || !there ? null : new Comparison(operator, value.value());
    }

    private static final Map<String, Comparison.Operator> OPERATORS = operators();

    private static Map<String, Comparison.Operator> operators() {
        Map<String, Comparison.Operator> words = new LinkedHashMap<>();
        for (Comparison.Operator operator : Comparison.Operator.values()) {
            words.put(operator.sign, operator);
        }
        return words;
    }

    /// Zero when it is absent.
    static Duration span(Place place) {
        String text = place.text();
        if (text.isEmpty()) {
            return Duration.ZERO;
        }
        Duration span = Spans.read(text).orElse(null);
        if (span == null || span.compareTo(LONGEST) > 0) {
            place.fault(place.shown() + " is no span of at most 30 days: write 90s, 5m, 12h or 1d");
            return Duration.ZERO;
        }
        return span;
    }

    /// The zone of the server when it is absent.
    static ZoneId zone(Place place) {
        String name = place.text();
        try {
            return name.isEmpty() ? ZoneId.systemDefault() : ZoneId.of(name);
        } catch (DateTimeException e) {
            place.fault(place.shown() + " is no time zone: write Europe/Berlin, Asia/Shanghai or UTC");
            return ZoneId.systemDefault();
        }
    }

    static Value.Fields fields(Place place) {
        if (place.value() instanceof Value.Fields fields) {
            return fields;
        }
        place.expect(place.isAbsent(), place.shown() + " is no object");
        return Value.Fields.NONE;
    }

    /// What the reader makes of the text; null, and its words as a fault, when it refuses.
    static <T> @Nullable T parsed(Place place, Function<String, T> reader) {
        try {
            return reader.apply(place.requiredText());
        } catch (ProblemException e) {
            place.fault(Objects.requireNonNull(e.detail()));
            return null;
        }
    }
}
