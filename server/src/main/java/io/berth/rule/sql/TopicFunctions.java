package io.berth.rule.sql;

import io.berth.core.Payload;
import io.berth.core.Value;
import io.berth.core.Value.Nothing;
import io.berth.core.device.DeviceId;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The functions of [TopicSql]; docs/rule-sql.md says for each what the vendor's manual says.
final class TopicFunctions {
    private static final int MAX_PROPERTIES = 50;
    private static final int MAX_FORMAT_LENGTH = 64;
    private static final Path ITEMS = Path.parse("items");

    private TopicFunctions() {}

    static FunctionTable table(ZoneId zone) {
        return new FunctionTable()
                // numbers
                .on("abs", 1, TopicFunctions::abs)
                .on("asin", 1, real(Math::asin))
                .on("cos", 1, real(Math::cos))
                .on("cosh", 1, real(Math::cosh))
                .on("exp", 1, real(Math::exp))
                .on("floor", 1, TopicFunctions::floor)
                .on("log", 1, 2, TopicFunctions::log)
                .on("mod", 2, (_, given) -> Arithmetic.MODULO.of(given.get(0), given.get(1)))
                .on("power", 2, TopicFunctions::power)
                .on("rand", 0, TopicFunctions::random)
                .on("sin", 1, real(Math::sin))
                .on("sinh", 1, real(Math::sinh))
                .on("tan", 1, real(Math::tan))
                .on("tanh", 1, real(Math::tanh))
                // texts
                .on("concat", 2, Texts::concat)
                .made("crypto", 2, 2, TopicFunctions::crypto)
                .on("endswith", 2, Texts::endsWith)
                .on("lower", 1, Texts::lower)
                .on("replace", 3, Texts::replace)
                .on("substring", 2, 3, Texts::substring)
                .on("upper", 1, Texts::upper)
                // values
                .made("nanvl", 2, 2, TopicFunctions::orElse)
                .on("newuuid", 0, (_, _) -> new Value.Text(UUID.randomUUID().toString()))
                .spreading("thingPropertyFlatMap", MAX_PROPERTIES, TopicFunctions::flat)
                // the message and its device
                .on("attribute", 1, TopicFunctions::tag)
                .on("deviceName", 0, device(DeviceId::name))
                .on("messageId", 0, (run, _) -> text(run.message().id()))
                .made("payload", 0, 1, TopicFunctions::payload)
                .on("productKey", 0, device(DeviceId::product))
                .made("timestamp", 0, 1, arguments -> time("timestamp", arguments, zone))
                .made("timestamp_utc", 0, 1, arguments -> time("timestamp_utc", arguments, ZoneOffset.UTC))
                .ofPayload("to_base64", run -> bytes(run, Base64.getEncoder()::encodeToString))
                .ofPayload("to_hex", run -> bytes(run, HexFormat.of()::formatHex))
                .on("topic", 0, 1, TopicFunctions::topic)
                .on("user_property", 1, TopicFunctions::userProperty);
    }

    private static FunctionTable.Call real(DoubleUnaryOperator function) {
        return (_, given) -> Numbers.finite(function.applyAsDouble(Numbers.real(given.getFirst())));
    }

    private static FunctionTable.Call device(Function<DeviceId, String> word) {
        return (run, _) -> {
            DeviceId device = run.message().device();
            return text(device == null ? null : word.apply(device));
        };
    }

    private static Value tag(Run run, List<Value> given) {
        return text(run.message().tags().get().get(Texts.of(given.getFirst())));
    }

    private static Value userProperty(Run run, List<Value> given) {
        return text(run.message().properties().get(Texts.of(given.getFirst())));
    }

    private static Value text(@Nullable String text) {
        return text == null ? Nothing.NOTHING : new Value.Text(text);
    }

    private static Value abs(Run run, List<Value> given) {
        Value number = Numbers.require(given.getFirst());
        return number instanceof Value.Whole(long whole) && whole != Long.MIN_VALUE
                ? new Value.Whole(Math.abs(whole))
                : Numbers.finite(Math.abs(Numbers.real(number)));
    }

    /// Whole, unless it is beyond 64 bits.
    private static Value floor(Run run, List<Value> given) {
        Value number = Numbers.require(given.getFirst());
        double floor = Math.floor(Numbers.real(number));
        boolean fits = Math.abs(floor) < Long.MAX_VALUE;
        return number instanceof Value.Whole ? number : fits ? new Value.Whole((long) floor) : new Value.Decimal(floor);
    }

    private static Value log(Run run, List<Value> given) {
        double log = Math.log10(Numbers.real(given.getFirst()));
        return Numbers.finite(given.size() == 1 ? log : log / Math.log10(Numbers.real(given.get(1))));
    }

    private static Value random(Run run, List<Value> given) {
        return new Value.Decimal(ThreadLocalRandom.current().nextDouble());
    }

    private static Value power(Run run, List<Value> given) {
        return Numbers.finite(Math.pow(Numbers.real(given.get(0)), Numbers.real(given.get(1))));
    }

    private static Term orElse(List<Term> arguments) {
        Term first = arguments.get(0);
        Term second = arguments.get(1);
        return run -> {
            Value value = first.over(run);
            return value == Nothing.NOTHING ? second.over(run) : value;
        };
    }

    private static Term crypto(List<Term> arguments) {
        Digest digest = Digest.named(FunctionTable.constant("crypto", arguments.get(1)));
        return FunctionTable.strict(
                "crypto", arguments.subList(0, 1), (run, given) -> text(digest.of(Texts.read(run, given.getFirst()))));
    }

    private static Term payload(List<Term> arguments) {
        Charset charset =
                charset(arguments.isEmpty() ? "utf-8" : FunctionTable.constant("payload", arguments.getFirst()));
        return run -> bytes(run, bytes -> new String(bytes, charset));
    }

    private static Charset charset(String name) {
        try {
            return Charset.forName(name);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            throw FunctionTable.refusal("payload: there is no encoding " + name);
        }
    }

    private static Value bytes(Run run, Function<byte[], String> written) {
        Payload payload = run.message().payload();
        run.spend(payload.size());
        return text(written.apply(payload.toBytes()));
    }

    /// Milliseconds, or a format made once.
    private static Term time(String name, List<Term> arguments, ZoneId zone) {
        if (arguments.isEmpty()) {
            return run -> new Value.Whole(run.message().time().toEpochMilli());
        }
        DateTimeFormatter format = format(name, FunctionTable.constant(name, arguments.getFirst()), zone);
        return run -> {
            try {
                return text(format.format(run.message().time()));
            } catch (DateTimeException e) {
                throw new SqlFault(name + ": " + e.getMessage());
            }
        };
    }

    private static DateTimeFormatter format(String name, String pattern, ZoneId zone) {
        if (pattern.length() > MAX_FORMAT_LENGTH) {
            throw FunctionTable.refusal(name + ": a format has at most " + MAX_FORMAT_LENGTH + " characters");
        }
        try {
            return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH).withZone(zone);
        } catch (IllegalArgumentException e) {
            throw FunctionTable.refusal(name + ": " + e.getMessage());
        }
    }

    /// The whole topic, or its level, counted from 1 behind the leading slash.
    private static Value topic(Run run, List<Value> given) {
        String topic = run.message().topic();
        if (given.isEmpty()) {
            return text(topic);
        }
        String[] levels = (topic.startsWith("/") ? topic.substring(1) : topic).split("/", -1);
        double level = Numbers.real(given.getFirst());
        return level >= 1 && level <= levels.length ? text(levels[(int) level - 1]) : Nothing.NOTHING;
    }

    /// Properties as fields of the result: `Power`, and `Position_latitude` for a member of one.
    private static Term flat(List<Term> arguments) {
        List<String> names =
                arguments.stream().map(TopicFunctions::propertyName).toList();
        return run -> {
            SequencedMap<String, Value> fields = new LinkedHashMap<>();
            if (ITEMS.in(run.message().document()) instanceof Value.Fields items) {
                for (String name : names.isEmpty() ? items.fields().sequencedKeySet() : names) {
                    Value property = items.get(name);
                    flatten(run, name, property instanceof Value.Fields item ? item.get("value") : property, fields);
                }
            }
            return new Value.Fields(fields);
        };
    }

    /// Names grow with the depth, and a device chooses both: they count as work.
    private static void flatten(Run run, String name, Value value, SequencedMap<String, Value> fields) {
        run.spend(name.length());
        if (value instanceof Value.Fields members) {
            members.fields().forEach((member, inner) -> flatten(run, name + "_" + member, inner, fields));
        } else if (value != Nothing.NOTHING) {
            fields.put(name, value);
        }
    }

    /// `'Power'` or `"Power"`: the vendor's pages have both.
    private static String propertyName(Term argument) {
        return argument instanceof Path path ? path.text() : FunctionTable.constant("thingPropertyFlatMap", argument);
    }
}
