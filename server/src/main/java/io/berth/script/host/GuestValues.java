package io.berth.script.host;

import io.berth.core.Value;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/// What a script answered as core's values, and the reverse; what JSON cannot say is left out or null, as
/// JSON's own writer in JavaScript does it.
final class GuestValues {
    private static final int MAX_DEPTH = 20;
    private static final int MAX_VALUES = 20_000;
    private static final int MAX_TEXT = 512 * 1024;
    private static final DateTimeFormatter DATE =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter().withZone(ZoneOffset.UTC);

    private int valuesLeft = MAX_VALUES;
    private int textLeft = MAX_TEXT;

    private GuestValues() {}

    /// The answer is deeper or larger than a message may be.
    static final class TooLargeException extends RuntimeException {
        private static final long serialVersionUID = 1;

        private TooLargeException(String detail) {
            super(detail, null, false, false);
        }
    }

    static Value.Fields readFields(org.graalvm.polyglot.Value guest) {
        return new GuestValues().fields(guest, MAX_DEPTH);
    }

    private Optional<Value> read(org.graalvm.polyglot.Value guest, int depthLeft) {
        if (--valuesLeft < 0) {
            throw new TooLargeException("the answer has more than " + MAX_VALUES + " values");
        }
        if (guest.isNumber()) {
            return Optional.of(number(guest));
        }
        if (guest.isString()) {
            return Optional.of(new Value.Text(text(guest.asString())));
        }
        if (guest.isBoolean()) {
            return Optional.of(new Value.Flag(guest.asBoolean()));
        }
        if (guest.isNull()) {
            return guest.toString().equals("undefined") ? Optional.empty() : Optional.of(Value.Nothing.NOTHING);
        }
        if (guest.canExecute()) {
            return Optional.empty();
        }
        if (guest.isInstant()) {
            return Optional.of(new Value.Text(DATE.format(guest.asInstant())));
        }
        return Optional.of(guest.hasArrayElements() ? items(guest, depthLeft) : fields(guest, depthLeft));
    }

    private static Value number(org.graalvm.polyglot.Value guest) {
        if (guest.fitsInLong()) {
            return new Value.Whole(guest.asLong());
        }
        double number = guest.asDouble();
        if (!Double.isFinite(number)) {
            return Value.Nothing.NOTHING;
        }
        return number == 0 ? new Value.Whole(0) : new Value.Decimal(number);
    }

    private String text(String text) {
        textLeft -= text.length();
        if (textLeft < 0) {
            throw new TooLargeException("the answer has more than " + MAX_TEXT + " characters");
        }
        return text;
    }

    private Value items(org.graalvm.polyglot.Value guest, int depthLeft) {
        requireDepth(depthLeft);
        long size = guest.getArraySize();
        if (size > valuesLeft) {
            throw new TooLargeException("the answer has more than " + MAX_VALUES + " values");
        }
        List<Value> items = new ArrayList<>((int) size);
        for (long i = 0; i < size; i++) {
            items.add(read(guest.getArrayElement(i), depthLeft - 1).orElse(Value.Nothing.NOTHING));
        }
        return new Value.Items(items);
    }

    private Value.Fields fields(org.graalvm.polyglot.Value guest, int depthLeft) {
        requireDepth(depthLeft);
        SequencedMap<String, Value> fields = new LinkedHashMap<>();
        for (String name : guest.getMemberKeys()) {
            read(guest.getMember(name), depthLeft - 1).ifPresent(value -> fields.put(text(name), value));
        }
        return new Value.Fields(fields);
    }

    private static void requireDepth(int depthLeft) {
        if (depthLeft <= 0) {
            throw new TooLargeException("the answer is nested deeper than " + MAX_DEPTH + " levels");
        }
    }

    /// The value as an object of the realm, so that a script meets nothing foreign.
    static Object write(Value value, Realm.Driver driver) {
        return switch (value) {
            case Value.Whole(long number) -> whole(number);
            case Value.Decimal(double number) -> number;
            case Value.Text(String text) -> text;
            case Value.Flag(boolean on) -> on;
            case Value.Moment(Instant time) -> (double) time.toEpochMilli();
            case Value.Items(List<Value> items) -> {
                var array = driver.array();
                for (int i = 0; i < items.size(); i++) {
                    array.setArrayElement(i, write(items.get(i), driver));
                }
                yield array;
            }
            case Value.Fields(SequencedMap<String, Value> fields) -> {
                var object = driver.object();
                fields.forEach((name, field) -> driver.put(object, name, write(field, driver)));
                yield object;
            }
            case Value.Nothing _ -> driver.nothing();
        };
    }

    /// A long is foreign to the engine beyond the whole numbers of a double; JSON read in JavaScript rounds
    /// too.
    private static Object whole(long number) {
        int small = (int) number;
        return small == number ? (Object) small : (Object) (double) number;
    }
}
