package io.berth.rule;

import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.Value;
import io.berth.json.Faults;
import io.berth.json.Place;
import io.berth.rule.DestinationConfig.Default;
import io.berth.rule.DestinationConfig.Hidden;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Reads and writes one kind of [DestinationConfig] by the declaration of its record, so that a new kind needs
/// no code of its own for it.
final class ConfigForm<C extends DestinationConfig> {
    private final String kind;
    private final Class<C> type;
    private final RecordComponent[] components;

    ConfigForm(String kind, Class<C> type) {
        this.kind = kind;
        this.type = type;
        this.components = type.getRecordComponents();
    }

    /// INVALID_ARGUMENT names everything that is wrong.
    C read(Value.Fields settings) {
        Faults faults = new Faults();
        Place place = Place.of("destination", settings, faults);
        for (String name : place.names()) {
            place.member(name).expect(isKnown(name), "is unknown; known: " + names());
        }
        @Nullable Object[] values = new @Nullable Object[components.length];
        for (int i = 0; i < components.length; i++) {
            values[i] = component(place.member(components[i].getName()), components[i]);
        }
        faults.refuse(Problem.INVALID_ARGUMENT);
        return build(values);
    }

    /// Everything, secrets too: for the store.
    Value.Fields write(C config) {
        return fields(config, Hidden::text);
    }

    /// What may be shown.
    Value.Fields shown(C config) {
        return fields(config, Hidden::toString);
    }

    /// The settings with each masked secret replaced by the one it stands for.
    Value.Fields unmasked(Value.Fields settings, C before) {
        return (Value.Fields) unmask(settings, write(before));
    }

    private static Value unmask(Value given, Value before) {
        if (given.equals(new Value.Text(Hidden.MASK)) && before instanceof Value.Text) {
            return before;
        }
        if (!(given instanceof Value.Fields(var members)) || !(before instanceof Value.Fields known)) {
            return given;
        }
        SequencedMap<String, Value> all = new LinkedHashMap<>();
        members.forEach((name, value) -> all.put(name, unmask(value, known.get(name))));
        return new Value.Fields(all);
    }

    private @Nullable Object component(Place place, RecordComponent component) {
        Class<?> wanted = component.getType();
        if (place.isAbsent() && wanted != Map.class && wanted != List.class) {
            Default standard = component.getAnnotation(Default.class);
            if (standard != null) {
                return standard(standard.value(), wanted);
            }
            place.expect(isNullable(component.getAnnotatedType()), "is missing");
            return null;
        }
        return typed(place, component);
    }

    private static @Nullable Object typed(Place place, RecordComponent component) {
        Class<?> wanted = component.getType();
        if (wanted == String.class) {
            return place.text();
        }
        if (wanted == Hidden.class) {
            return new Hidden(place.text());
        }
        if (wanted == boolean.class) {
            return place.flag();
        }
        if (wanted == int.class) {
            return whole(place);
        }
        if (wanted == List.class) {
            return place.items().stream().map(Place::text).toList();
        }
        if (wanted == Map.class) {
            return map(place, holdsSecrets(component));
        }
        return place.oneOf(words(wanted));
    }

    private static Map<String, Object> map(Place place, boolean secret) {
        Map<String, Object> map = new TreeMap<>();
        for (String name : place.names()) {
            String text = place.member(name).text();
            map.put(name, secret ? new Hidden(text) : text);
        }
        return map;
    }

    private static int whole(Place place) {
        BigDecimal number = place.number();
        try {
            return number == null ? 0 : number.intValueExact();
        } catch (ArithmeticException _) {
            place.fault(place.shown() + " is no whole number");
            return 0;
        }
    }

    private static Object standard(String text, Class<?> wanted) {
        if (wanted == int.class) {
            return Integer.valueOf(text);
        }
        if (wanted == boolean.class) {
            return Boolean.valueOf(text);
        }
        return wanted.isEnum() ? words(wanted).getOrDefault(word(text), text) : text;
    }

    private Value.Fields fields(C config, java.util.function.Function<Hidden, String> secrets) {
        SequencedMap<String, Value> members = new LinkedHashMap<>();
        for (RecordComponent component : components) {
            Object held = held(component, config);
            if (held != null) {
                members.put(component.getName(), value(held, secrets));
            }
        }
        return new Value.Fields(members);
    }

    private static Value value(Object held, java.util.function.Function<Hidden, String> secrets) {
        return switch (held) {
            case String text -> new Value.Text(text);
            case Hidden secret -> new Value.Text(secrets.apply(secret));
            case Boolean flag -> new Value.Flag(flag);
            case Integer number -> new Value.Whole(number);
            case Enum<?> constant -> new Value.Text(word(constant.name()));
            case List<?> items ->
                new Value.Items(items.stream().map(item -> value(item, secrets)).toList());
            case Map<?, ?> map -> {
                SequencedMap<String, Value> members = new LinkedHashMap<>();
                new TreeMap<>(map).forEach((name, inner) -> members.put((String) name, value(inner, secrets)));
                yield new Value.Fields(members);
            }
            default -> throw new IllegalStateException("no form for " + held.getClass());
        };
    }

    private C build(@Nullable Object[] values) {
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            return type.getDeclaredConstructor(types).newInstance(values);
        } catch (InvocationTargetException e) {
            throw e.getCause() instanceof ProblemException refused ? refused : new IllegalStateException(e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static @Nullable Object held(RecordComponent component, Object config) {
        try {
            return component.getAccessor().invoke(config);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private boolean isKnown(String name) {
        return Arrays.stream(components)
                .anyMatch(component -> component.getName().equals(name));
    }

    private String names() {
        return Arrays.stream(components).map(RecordComponent::getName).collect(Collectors.joining(", "));
    }

    private static boolean isNullable(AnnotatedElement type) {
        return type.isAnnotationPresent(Nullable.class);
    }

    private static boolean holdsSecrets(RecordComponent component) {
        Type[] arguments = ((ParameterizedType) component.getGenericType()).getActualTypeArguments();
        return arguments[1] == Hidden.class;
    }

    private static Map<String, Object> words(Class<?> constants) {
        Map<String, Object> words = new LinkedHashMap<>();
        for (Object constant : constants.getEnumConstants()) {
            words.put(word(((Enum<?>) constant).name()), constant);
        }
        return words;
    }

    private static String word(String constant) {
        return constant.toLowerCase(Locale.ROOT).replace('_', '-');
    }

    @Override
    public String toString() {
        return kind;
    }
}
