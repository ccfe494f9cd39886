package io.berth.testing;

import io.berth.core.Value;
import io.berth.core.thing.Bounds;
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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;
import net.jqwik.api.arbitraries.ListArbitrary;

/// Data types, thing models and values as they come, and values that fit a type.
public final class ThingArbitraries {
    /// A type and a value that fits it.
    public record Fitting(DataType type, Value value) {}

    private ThingArbitraries() {}

    public static Arbitrary<ThingModel> models() {
        return Combinators.combine(module(Module.DEFAULT), module("lamp"), module("motor.2"))
                .as((main, lamp, motor) -> new ThingModel(List.of(main, lamp, motor)));
    }

    private static Arbitrary<Module> module(String id) {
        Arbitrary<Property> property = Combinators.combine(
                        parameters(), Arbitraries.integers().between(1, 7))
                .as((parameter, may) -> new Property(parameter, (may & 1) != 0, (may & 2) != 0, (may & 4) != 0));
        Arbitrary<EventType> event = Combinators.combine(
                        names(), texts(), Arbitraries.of(EventType.Level.class), distinct(parameters()))
                .as((identifier, name, level, output) -> new EventType(identifier, name, "", level, false, output));
        Arbitrary<Service> service = Combinators.combine(
                        names(),
                        Arbitraries.of(Service.CallType.class),
                        texts(),
                        distinct(parameters()),
                        distinct(parameters()))
                .as((identifier, callType, name, input, output) ->
                        new Service(identifier, name, "", callType, true, input, "", output));
        return Combinators.combine(
                        property.list().ofMaxSize(4).uniqueElements(Property::identifier),
                        event.list().ofMaxSize(2).uniqueElements(EventType::identifier),
                        service.list().ofMaxSize(2).uniqueElements(Service::identifier))
                .as((properties, events, services) ->
                        new Module(id, "", "", "", Module.Presence.OPTIONAL, properties, events, services));
    }

    private static Arbitrary<List<Parameter>> distinct(Arbitrary<Parameter> parameters) {
        return parameters.list().ofMaxSize(3).uniqueElements(Parameter::identifier);
    }

    private static Arbitrary<Parameter> parameters() {
        return parameters(types());
    }

    private static Arbitrary<Parameter> parameters(Arbitrary<DataType> types) {
        return Combinators.combine(names(), texts(), types, Arbitraries.of(true, false))
                .as((identifier, name, type, required) ->
                        new Parameter(identifier, name, "", type, required, "", "", null));
    }

    private static Arbitrary<String> names() {
        return Arbitraries.of("Temp", "Door", "Mode", "Hist", "code", "delay", "Ip_4", "state");
    }

    private static Arbitrary<String> texts() {
        return Arbitraries.of("", "Temperature", "温度", "\"quoted\" \\ and\nbroken");
    }

    public static Arbitrary<DataType> types() {
        return Arbitraries.frequencyOf(
                Tuple.of(6, plain()),
                Tuple.of(1, structs()),
                Tuple.of(
                        1,
                        Combinators.combine(
                                        Arbitraries.oneOf(plain(), structs()),
                                        Arbitraries.integers().between(1, 512))
                                .as(DataType.ListOf::new)));
    }

    private static Arbitrary<DataType> structs() {
        return distinct(parameters(plain())).map(DataType.Struct::new);
    }

    private static Arbitrary<DataType> plain() {
        return Arbitraries.oneOf(
                bounds(Integer.MIN_VALUE, Integer.MAX_VALUE, 0).map(DataType.Int::new),
                bounds(Long.MIN_VALUE, Long.MAX_VALUE, 0).map(DataType.Long::new),
                Combinators.combine(Arbitraries.of(Precision.class), bounds(-1_000_000, 1_000_000, 2))
                        .as(DataType.Real::new),
                Combinators.combine(texts(), texts()).as(DataType.Flag::new),
                Arbitraries.maps(Arbitraries.integers(), texts())
                        .ofMinSize(1)
                        .ofMaxSize(5)
                        .map(labels -> new DataType.Choice(new LinkedHashMap<>(labels))),
                words().ofMinSize(1).map(DataType.Word::new),
                Combinators.combine(Arbitraries.integers().between(3, 200), Arbitraries.of(Measure.class), words())
                        .as(DataType.Text::new),
                Arbitraries.just(new DataType.Moment()),
                Arbitraries.just(new DataType.Json()));
    }

    private static ListArbitrary<String> words() {
        return Arbitraries.of("a", "b", "é", "开", "").list().ofMaxSize(4).uniqueElements();
    }

    private static Arbitrary<Bounds> bounds(long low, long high, int scale) {
        Arbitrary<Optional<BigDecimal>> bound = Arbitraries.longs()
                .between(low, high)
                .map(n -> BigDecimal.valueOf(n, scale))
                .optional();
        return Combinators.combine(bound, bound).as((a, b) -> {
            BigDecimal min = a.isPresent() && b.isPresent() ? a.get().min(b.get()) : a.orElse(null);
            BigDecimal max = a.isPresent() && b.isPresent() ? a.get().max(b.get()) : b.orElse(null);
            return new Bounds(min, max, null);
        });
    }

    /// Any value whatever, of any depth up to three.
    public static Arbitrary<Value> values() {
        return values(2);
    }

    private static Arbitrary<Value> values(int depth) {
        Arbitrary<Value> flat = Arbitraries.oneOf(
                Arbitraries.longs().map(Value.Whole::new),
                Arbitraries.integers().between(-2, 9).map(n -> new Value.Whole(n)),
                Arbitraries.doubles().map(Value.Decimal::new),
                Arbitraries.strings().ofMaxLength(20).map(Value.Text::new),
                Arbitraries.of(
                                "a",
                                "b",
                                "1700000000000",
                                "20260102T030405Z",
                                "+9999999990102T030405Z",
                                "+999999999-01-01T00:00:00Z")
                        .map(Value.Text::new),
                Arbitraries.of(true, false).map(Value.Flag::new),
                Arbitraries.longs().map(n -> new Value.Moment(Instant.ofEpochMilli(n))),
                Arbitraries.just(Value.Nothing.NOTHING));
        if (depth == 0) {
            return flat;
        }
        Arbitrary<Value> inner = Arbitraries.lazy(() -> values(depth - 1));
        return Arbitraries.oneOf(flat, inner.list().ofMaxSize(3).map(Value.Items::new), fields(inner));
    }

    private static Arbitrary<Value> fields(Arbitrary<Value> values) {
        return Arbitraries.maps(names(), values).ofMaxSize(3).map(each -> new Value.Fields(each));
    }

    public static Arbitrary<Fitting> fitting() {
        return types().flatMap(type -> fitting(type).map(value -> new Fitting(type, value)));
    }

    /// Values of a type, as a device would write them; bounds are hit often.
    public static Arbitrary<Value> fitting(DataType type) {
        return switch (type) {
            case DataType.Int(Bounds bounds) -> wholes(bounds, Integer.MIN_VALUE, Integer.MAX_VALUE);
            case DataType.Long(Bounds bounds) -> wholes(bounds, Long.MIN_VALUE, Long.MAX_VALUE);
            case DataType.Real(var precision, Bounds bounds) -> reals(precision, bounds);
            case DataType.Flag _ -> Arbitraries.of(new Value.Whole(0), new Value.Whole(1), new Value.Flag(true));
            case DataType.Choice choice ->
                Arbitraries.of(choice.labels().keySet()).map(n -> new Value.Whole(n));
            case DataType.Word word -> Arbitraries.of(word.words()).map(Value.Text::new);
            case DataType.Text text -> texts(text);
            case DataType.Moment _ ->
                Arbitraries.of(
                        new Value.Whole(1_700_000_000_123L),
                        new Value.Text("1700000000123"),
                        new Value.Text("20260102T030405Z"),
                        new Value.Text("20260102T030405.678Z"),
                        new Value.Text("2026-01-02T03:04:05+08:00"));
            case DataType.Struct struct -> members(struct);
            case DataType.ListOf list ->
                fitting(list.item())
                        .list()
                        .ofMaxSize(Math.min(list.maxSize(), 3))
                        .map(Value.Items::new);
            case DataType.Json _ -> fields(values(1));
        };
    }

    private static Arbitrary<Value> wholes(Bounds bounds, long lowest, long highest) {
        long low = bounds.min() == null ? lowest : bounds.min().longValueExact();
        long high = bounds.max() == null ? highest : bounds.max().longValueExact();
        return Arbitraries.oneOf(Arbitraries.longs().between(low, high), Arbitraries.of(low, high))
                .map(Value.Whole::new);
    }

    private static Arbitrary<Value> reals(Precision precision, Bounds bounds) {
        double low = bounds.min() == null ? -10_000 : bounds.min().doubleValue();
        double high =
                bounds.max() == null ? Math.max(10_000, low) : bounds.max().doubleValue();
        double least = Math.min(low, high);
        Arbitrary<Double> numbers =
                Arbitraries.oneOf(Arbitraries.doubles().between(least, high), Arbitraries.of(least, high));
        return numbers.map(number -> new Value.Decimal(precision == Precision.FLOAT ? number.floatValue() : number));
    }

    private static Arbitrary<Value> texts(DataType.Text text) {
        if (!text.allowed().isEmpty()) {
            return Arbitraries.of(text.allowed()).map(Value.Text::new);
        }
        int chars = text.measure() == Measure.BYTES ? text.maxLength() / 3 : text.maxLength();
        return Arbitraries.strings().ofMaxLength(chars).map(Value.Text::new);
    }

    private static Arbitrary<Value> members(DataType.Struct struct) {
        List<Arbitrary<Optional<Value>>> members = new ArrayList<>();
        struct.members().forEach(member -> members.add(fitting(member.type()).optional()));
        return Combinators.combine(members).as(values -> {
            SequencedMap<String, Value> given = new LinkedHashMap<>();
            for (int i = 0; i < values.size(); i++) {
                String identifier = struct.members().get(i).identifier();
                values.get(i).ifPresent(value -> given.put(identifier, value));
            }
            return new Value.Fields(given);
        });
    }
}
