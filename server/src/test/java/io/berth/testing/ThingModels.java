package io.berth.testing;

import io.berth.core.Value;
import io.berth.core.thing.Bounds;
import io.berth.core.thing.Check;
import io.berth.core.thing.DataType;
import io.berth.core.thing.DataType.Real.Precision;
import io.berth.core.thing.DataType.Text.Measure;
import io.berth.core.thing.EventType;
import io.berth.core.thing.Module;
import io.berth.core.thing.Parameter;
import io.berth.core.thing.Property;
import io.berth.core.thing.Service;
import io.berth.core.thing.ThingModel;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.Function;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/// Thing models that keep to the rules, for property-based tests: every data type, nesting as deep as may be,
/// bounds and initial values of each kind.
public final class ThingModels {
    /// The longest of the words.
    private static final int MAX_WORD_BYTES = 9;
    private static final int MAX_MEMBERS = 3;

    private ThingModels() {}

    /// Of up to three modules, the default one among them or not.
    public static Arbitrary<ThingModel> models() {
        Arbitrary<String> ids =
                Arbitraries.frequencyOf(Tuple.of(1, Arbitraries.just(Module.DEFAULT)), Tuple.of(2, identifiers()));
        return unique(modules(ids), Module::id).map(ThingModel::new).withoutEdgeCases();
    }

    private static Arbitrary<Module> modules(Arbitrary<String> ids) {
        return Combinators.combine(
                        ids,
                        words(),
                        words(),
                        words(),
                        Arbitraries.of(Module.Presence.class),
                        unique(properties(), Property::identifier),
                        unique(events(), EventType::identifier),
                        unique(services(), Service::identifier))
                .as(Module::new);
    }

    public static Arbitrary<Property> properties() {
        return Combinators.combine(parameters(types()), Arbitraries.integers().between(1, 7))
                .as((parameter, may) -> new Property(parameter, (may & 1) != 0, (may & 2) != 0, (may & 4) != 0));
    }

    public static Arbitrary<EventType> events() {
        return Combinators.combine(
                        identifiers(),
                        words(),
                        words(),
                        Arbitraries.of(EventType.Level.class),
                        flags(),
                        members(types()))
                .as(EventType::new);
    }

    public static Arbitrary<Service> services() {
        return Combinators.combine(
                        identifiers(),
                        words(),
                        words(),
                        Arbitraries.of(Service.CallType.class),
                        flags(),
                        members(types()),
                        words(),
                        members(types()))
                .as(Service::new);
    }

    /// Any type.
    public static Arbitrary<DataType> types() {
        Arbitrary<DataType> items = Arbitraries.frequencyOf(Tuple.of(9, plain()), Tuple.of(1, structs()));
        Arbitrary<DataType> lists = Combinators.combine(
                        items, Arbitraries.integers().between(1, 512))
                .as(DataType.ListOf::new);
        return Arbitraries.frequencyOf(Tuple.of(9, plain()), Tuple.of(1, structs()), Tuple.of(1, lists));
    }

    private static Arbitrary<DataType> structs() {
        return members(plain()).map(DataType.Struct::new);
    }

    /// What may stand within a struct.
    private static Arbitrary<DataType> plain() {
        return Arbitraries.oneOf(
                bounds(Integer.MIN_VALUE, Integer.MAX_VALUE).map(DataType.Int::new),
                bounds(Long.MIN_VALUE, Long.MAX_VALUE).map(DataType.Long::new),
                Combinators.combine(Arbitraries.of(Precision.class), realBounds())
                        .as(DataType.Real::new),
                Combinators.combine(words(), words()).as(DataType.Flag::new),
                choices(),
                words().list().ofMinSize(1).ofMaxSize(4).uniqueElements().map(DataType.Word::new),
                Combinators.combine(
                                Arbitraries.integers().between(MAX_WORD_BYTES, 10_240),
                                Arbitraries.of(Measure.class),
                                words().list().ofMaxSize(3))
                        .as(DataType.Text::new),
                Arbitraries.just(new DataType.Moment()),
                Arbitraries.just(new DataType.Json()));
    }

    private static Arbitrary<Parameter> parameters(Arbitrary<DataType> types) {
        return Combinators.combine(identifiers(), words(), words(), types, flags(), words(), words(), initials())
                .as((identifier, name, description, type, required, unit, unitName, initial) -> new Parameter(
                        identifier,
                        name,
                        description,
                        type,
                        required,
                        unit,
                        unitName,
                        type.admit(initial, "", Check.tolerant()) == null ? null : initial));
    }

    private static Arbitrary<List<Parameter>> members(Arbitrary<DataType> types) {
        return unique(parameters(types), Parameter::identifier);
    }

    private static Arbitrary<Value> initials() {
        return Arbitraries.of(
                new Value.Whole(0),
                new Value.Whole(1),
                new Value.Whole(-7_000_000_000L),
                new Value.Decimal(0.1),
                new Value.Text(""),
                new Value.Text("开"),
                new Value.Flag(true),
                new Value.Moment(Instant.ofEpochMilli(1_795_288_532_158L)),
                new Value.Items(List.of()),
                Value.Fields.NONE,
                Value.Nothing.NOTHING);
    }

    private static Arbitrary<DataType> choices() {
        return Arbitraries.maps(Arbitraries.integers(), words())
                .ofMinSize(1)
                .ofMaxSize(4)
                .map(labels -> {
                    SequencedMap<Integer, String> ordered = new LinkedHashMap<>(labels);
                    return new DataType.Choice(ordered);
                });
    }

    private static Arbitrary<Bounds> bounds(long least, long most) {
        Arbitrary<BigDecimal> numbers = Arbitraries.longs().between(least, most).map(BigDecimal::valueOf);
        return bounds(numbers, Arbitraries.longs().between(1, 1000).map(BigDecimal::valueOf));
    }

    private static Arbitrary<Bounds> realBounds() {
        Arbitrary<BigDecimal> numbers = Arbitraries.bigDecimals()
                .between(new BigDecimal("-1e12"), new BigDecimal("1e12"))
                .ofScale(6);
        return bounds(numbers, Arbitraries.of(new BigDecimal("0.10"), new BigDecimal("1e-7"), BigDecimal.TEN));
    }

    private static Arbitrary<Bounds> bounds(Arbitrary<BigDecimal> numbers, Arbitrary<BigDecimal> steps) {
        return Combinators.combine(numbers.injectNull(0.3), numbers.injectNull(0.3), steps.injectNull(0.5))
                .as((one, other, step) -> one != null && other != null && one.compareTo(other) > 0
                        ? new Bounds(other, one, step)
                        : new Bounds(one, other, step));
    }

    private static Arbitrary<String> identifiers() {
        return Combinators.combine(
                        Arbitraries.strings()
                                .withCharRange('A', 'Z')
                                .withCharRange('a', 'z')
                                .ofLength(1),
                        Arbitraries.strings()
                                .withCharRange('a', 'z')
                                .withCharRange('0', '9')
                                .withChars("_.-$")
                                .ofMaxLength(8))
                .as((first, rest) -> first + rest);
    }

    private static Arbitrary<String> words() {
        return Arbitraries.of("", "a", "温度", "two words", "°C", "🚢", "a\"b\\c\n", "0");
    }

    private static Arbitrary<Boolean> flags() {
        return Arbitraries.of(true, false);
    }

    private static <T> Arbitrary<List<T>> unique(Arbitrary<T> items, Function<T, Object> by) {
        return items.list().ofMaxSize(MAX_MEMBERS).uniqueElements(by);
    }
}
