package io.berth.core.thing;

import io.berth.core.Value;
import io.berth.core.thing.Violation.Kind;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// What values a property, an event's output or a call's parameter may have: the types of both vendors (spec
/// aliyun-device 7, huawei-iotda 10). Immutable; checking a value parses nothing and reflects on nothing.
public sealed interface DataType {
    /// The value in the form this type keeps it, or null when it is none of this type: then `check` was told
    /// why.
    ///
    /// @param path where the value stands, for the message
    @Nullable
    Value admit(Value given, String path, Check check);

    /// A whole number of 32 bits.
    record Int(Bounds bounds) implements DataType {
        @Override
        public @Nullable Value admit(Value given, String path, Check check) {
            return given instanceof Value.Whole whole && whole.number() == (int) whole.number()
                    ? bounds.admit(whole, (double) whole.number(), this, path, check)
                    : check.refuse(Kind.WRONG_TYPE, this, path, "is no whole number of 32 bits");
        }
    }

    /// A whole number of 64 bits.
    record Long(Bounds bounds) implements DataType {
        @Override
        public @Nullable Value admit(Value given, String path, Check check) {
            return given instanceof Value.Whole whole
                    ? bounds.admitExactly(whole, this, path, check)
                    : check.refuse(Kind.WRONG_TYPE, this, path, "is no whole number");
        }
    }

    /// A number with a fraction. A whole number stands for itself (spec aliyun-device 7).
    record Real(Precision precision, Bounds bounds) implements DataType {
        public enum Precision {
            FLOAT,
            DOUBLE,
            DECIMAL
        }

        @Override
        public @Nullable Value admit(Value given, String path, Check check) {
            return switch (given) {
                case Value.Decimal decimal -> admit(decimal, path, check);
                case Value.Whole whole -> admit(new Value.Decimal((double) whole.number()), path, check);
                default -> check.refuse(Kind.WRONG_TYPE, this, path, "is no number");
            };
        }

        private @Nullable Value admit(Value.Decimal value, String path, Check check) {
            return precision == Precision.FLOAT
                    ? bounds.admitAsFloat(value, value.number(), this, path, check)
                    : bounds.admit(value, value.number(), this, path, check);
        }
    }

    /// Yes or no. Strictly it is written 0 or 1; `true` and `false` are tolerated otherwise.
    ///
    /// @param off what people call 0, empty when nobody said
    record Flag(String off, String on) implements DataType {
        @Override
        public @Nullable Value admit(Value given, String path, Check check) {
            if (given instanceof Value.Whole(long number) && (number == 0 || number == 1)) {
                return new Value.Flag(number == 1);
            }
            return given instanceof Value.Flag && check.toleratesFlags()
                    ? given
                    : check.refuse(Kind.WRONG_TYPE, this, path, "is neither 0 nor 1");
        }
    }

    /// One of some whole numbers, each with the name people know it by.
    record Choice(SequencedMap<Integer, String> labels) implements DataType {
        public Choice {
            labels = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(labels));
        }

        @Override
        public @Nullable Value admit(Value given, String path, Check check) {
            if (!(given instanceof Value.Whole(long number)) || number != (int) number) {
                return check.refuse(Kind.WRONG_TYPE, this, path, "is no whole number");
            }
            return labels.containsKey((int) number)
                    ? given
                    : check.refuse(Kind.OUT_OF_BOUNDS, this, path, "is none of " + labels.keySet());
        }
    }

    /// One of some words.
    record Word(List<String> words) implements DataType {
        public Word {
            words = List.copyOf(words);
        }

        @Override
        public @Nullable Value admit(Value given, String path, Check check) {
            if (!(given instanceof Value.Text(String text))) {
                return check.refuse(Kind.WRONG_TYPE, this, path, "is no text");
            }
            return words.contains(text) ? given : check.refuse(Kind.OUT_OF_BOUNDS, this, path, "is none of " + words);
        }
    }

    /// @param maxLength in `measure`
    /// @param allowed empty when any text is
    record Text(int maxLength, Measure measure, List<String> allowed) implements DataType {
        /// The length of a text that may have any.
        public static final int UNBOUNDED = Integer.MAX_VALUE;

        public enum Measure {
            BYTES,
            CHARACTERS
        }

        public Text {
            allowed = List.copyOf(allowed);
        }

        @Override
        public @Nullable Value admit(Value given, String path, Check check) {
            if (!(given instanceof Value.Text(String text))) {
                return check.refuse(Kind.WRONG_TYPE, this, path, "is no text");
            }
            if (length(text) > maxLength) {
                return check.refuse(Kind.OUT_OF_BOUNDS, this, path, "is longer than " + maxLength);
            }
            return allowed.isEmpty() || allowed.contains(text)
                    ? given
                    : check.refuse(Kind.OUT_OF_BOUNDS, this, path, "is none of " + allowed);
        }

        private int length(String text) {
            return switch (measure) {
                // a char has at most three bytes: most texts need no counting
                case BYTES -> text.length() <= maxLength / 3 ? 0 : text.getBytes(StandardCharsets.UTF_8).length;
                case CHARACTERS -> text.codePointCount(0, text.length());
            };
        }
    }

    /// A point in time. Wires write milliseconds since 1970 (as digits in a text, or as a number) or a
    /// calendar date such as `20260102T030405Z`.
    record Moment() implements DataType {
        @Override
        public @Nullable Value admit(Value given, String path, Check check) {
            Instant time = switch (given) {
                case Value.Moment moment -> moment.time();
                case Value.Whole whole -> Instant.ofEpochMilli(whole.number());
                case Value.Text text -> parse(text.text());
                default -> null;
            };
            return time == null ? check.refuse(Kind.WRONG_TYPE, this, path, "is no time") : new Value.Moment(time);
        }

        private static @Nullable Instant parse(String text) {
            try {
                return !text.isEmpty() && text.length() <= 18 && text.chars().allMatch(c -> c >= '0' && c <= '9')
                        ? Instant.ofEpochMilli(java.lang.Long.parseLong(text))
                        : Calendar.parse(text);
            } catch (DateTimeException e) {
                return null;
            }
        }
    }

    /// Named values. Members may be absent; what is no member is refused.
    record Struct(List<Parameter> members) implements DataType {
        public Struct {
            members = List.copyOf(members);
        }

        @Override
        public @Nullable Value admit(Value given, String path, Check check) {
            return given instanceof Value.Fields fields
                    ? Parameter.admitAll(members, Kind.UNKNOWN_MEMBER, fields, path, check)
                    : check.refuse(Kind.WRONG_TYPE, this, path, "is no object");
        }
    }

    /// Up to `maxSize` values of one type. An item that does not fit is one violation, of the list.
    record ListOf(DataType item, int maxSize) implements DataType {
        @Override
        public @Nullable Value admit(Value given, String path, Check check) {
            if (!(given instanceof Value.Items(List<Value> items))) {
                return check.refuse(Kind.WRONG_TYPE, this, path, "is no list");
            }
            if (items.size() > maxSize) {
                return check.refuse(Kind.WRONG_SIZE, this, path, "has more than " + maxSize + " items");
            }
            List<Value> admitted = new ArrayList<>(items.size());
            Check each = check.fresh();
            for (int i = 0; i < items.size(); i++) {
                Value one = item.admit(items.get(i), "", each);
                if (one == null) {
                    return check.refuse(
                            Kind.WRONG_ITEM, this, path, "has an item " + i + " that does not fit: " + each);
                }
                admitted.add(one);
            }
            return new Value.Items(admitted);
        }
    }

    /// Any JSON object.
    record Json() implements DataType {
        @Override
        public @Nullable Value admit(Value given, String path, Check check) {
            return given instanceof Value.Fields ? given : check.refuse(Kind.WRONG_TYPE, this, path, "is no object");
        }
    }
}
