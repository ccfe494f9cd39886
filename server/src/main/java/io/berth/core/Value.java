package io.berth.core;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/// A value of a property, an event or a call, in no vendor's form. Dialects read it from their wire and write
/// it to theirs; equal values of two wires are equal here.
public sealed interface Value {
    /// A value without others in it.
    sealed interface Scalar extends Value {}

    /// A whole number of 64 bits.
    record Whole(long number) implements Scalar {}

    /// A number with a fraction, finite.
    record Decimal(double number) implements Scalar {
        public Decimal {
            ProblemException.require(Double.isFinite(number), "a number must be finite");
        }
    }

    record Text(String text) implements Scalar {}

    /// Yes or no. Wires write it `1` and `0` or `true` and `false`.
    record Flag(boolean on) implements Scalar {}

    /// A point in time, to the millisecond. Wires write it as digits or as a date.
    record Moment(Instant time) implements Scalar {
        public Moment {
            time = Instant.ofEpochMilli(time.toEpochMilli());
        }
    }

    /// Values in order.
    record Items(List<Value> items) implements Value {
        public Items {
            items = List.copyOf(items);
        }
    }

    /// Named values, in the order they came; equal whatever the order.
    record Fields(SequencedMap<String, Value> fields) implements Value {
        public static final Fields NONE = new Fields(new LinkedHashMap<>());

        public Fields {
            fields = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(fields));
        }

        public Fields(Map<String, Value> fields) {
            this((SequencedMap<String, Value>) new LinkedHashMap<>(fields));
        }

        public static Fields of(String name, Value value) {
            SequencedMap<String, Value> one = new LinkedHashMap<>(2);
            one.put(name, value);
            return new Fields(one);
        }

        public Value get(String name) {
            return fields.getOrDefault(name, Nothing.NOTHING);
        }

        public boolean isEmpty() {
            return fields.isEmpty();
        }
    }

    /// JSON's `null`: no value, where one could be.
    enum Nothing implements Scalar {
        NOTHING
    }
}
