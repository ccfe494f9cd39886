package io.berth.testing;

import io.berth.core.Value;
import io.berth.core.thing.Bounds;
import io.berth.core.thing.DataType;
import io.berth.core.thing.DataType.Real.Precision;
import io.berth.core.thing.DataType.Text.Measure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/// Values as they come, and values that fit a type.
public final class ThingValues {
    /// A type and a value that fits it.
    public record Fitting(DataType type, Value value) {}

    private ThingValues() {}

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
        return Arbitraries.maps(Arbitraries.of("Temp", "state", "code"), values)
                .ofMaxSize(3)
                .map(each -> new Value.Fields(each));
    }

    public static Arbitrary<Fitting> fitting() {
        return ThingModels.types().flatMap(type -> fitting(type).map(value -> new Fitting(type, value)));
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
                Arbitraries.oneOf(Arbitraries.doubles().between(least, high).ofScale(6), Arbitraries.of(least, high));
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
