package io.berth.dialect.aliyun.openapi;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Fills a request record from parameters. A component `productKey` is the parameter `ProductKey`; a list is
/// `Name.1`, `Name.2`; a list of records is `Name.1.Member`; a component that is a record has its members
/// beside the others. What is not nullable is mandatory.
final class Binding<R extends Record> {
    private static final ClassValue<Binding<?>> BINDINGS = new ClassValue<>() {
        @Override
        protected Binding<?> computeValue(Class<?> type) {
            return new Binding<>(type.asSubclass(Record.class));
        }
    };

    private final Constructor<R> constructor;
    private final List<Member> members;

    private Binding(Class<R> type) {
        RecordComponent[] components = type.getRecordComponents();
        this.members = Arrays.stream(components).map(Member::of).toList();
        try {
            this.constructor = type.getDeclaredConstructor(
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
            constructor.setAccessible(true);
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(e);
        }
    }

    @SuppressWarnings("unchecked") // made for that very class
    static <R extends Record> Binding<R> of(Class<R> type) {
        return (Binding<R>) BINDINGS.get(type);
    }

    /// Throws `MissingX` and `InvalidX`.
    R read(Parameters parameters) {
        return read(parameters, "");
    }

    /// The names of the parameters, as a page shows them: `Tag.N.TagKey`, mandatory ones marked by `*`.
    List<String> names() {
        return members.stream().flatMap(member -> member.names().stream()).toList();
    }

    private R read(Parameters parameters, String prefix) {
        @Nullable
        Object[] values =
                members.stream().map(member -> member.read(parameters, prefix)).toArray();
        try {
            return constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            throw e.getCause() instanceof RuntimeException refused ? refused : new IllegalStateException(e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Whether any of it is there: a list ends where nothing of an item is.
    private boolean isIn(Parameters parameters, String prefix) {
        return members.stream()
                .anyMatch(member -> member.type().isRecord()
                        ? member.inlined().isIn(parameters, prefix)
                        : parameters.get(prefix + member.name()) != null);
    }

    /// @param item what a list is of, else the type itself
    private record Member(String name, Class<?> type, Class<?> item, boolean isMandatory) {
        static Member of(RecordComponent component) {
            String name = component.getName();
            Class<?> item = component.getGenericType() instanceof ParameterizedType list
                    ? (Class<?>) list.getActualTypeArguments()[0]
                    : component.getType();
            return new Member(
                    name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1),
                    component.getType(),
                    item,
                    !component.getAnnotatedType().isAnnotationPresent(Nullable.class));
        }

        /// Of a component that is a record itself.
        Binding<?> inlined() {
            return Binding.of(type.asSubclass(Record.class));
        }

        @Nullable
        Object read(Parameters parameters, String prefix) {
            if (type.isRecord()) {
                return inlined().read(parameters, prefix);
            }
            String path = prefix + name;
            Object value = type == List.class ? list(parameters, path) : scalar(parameters, path);
            if (value == null && isMandatory) {
                throw GatewayException.missing(path);
            }
            return value;
        }

        List<String> names() {
            if (type.isRecord()) {
                return inlined().names();
            }
            String mark = isMandatory ? "*" : "";
            if (type != List.class) {
                return List.of(name + mark);
            }
            return item.isRecord()
                    ? Binding.of(item.asSubclass(Record.class)).names().stream()
                            .map(member -> name + ".N." + member)
                            .toList()
                    : List.of(name + ".N" + mark);
        }

        private @Nullable List<?> list(Parameters parameters, String path) {
            List<Object> values = new ArrayList<>();
            if (item.isRecord()) {
                Binding<?> binding = Binding.of(item.asSubclass(Record.class));
                for (int i = 1; binding.isIn(parameters, path + "." + i + "."); i++) {
                    values.add(binding.read(parameters, path + "." + i + "."));
                }
            } else {
                for (int i = 1; scalar(parameters, path + "." + i) != null; i++) {
                    values.add(Objects.requireNonNull(scalar(parameters, path + "." + i)));
                }
            }
            return values.isEmpty() ? null : List.copyOf(values);
        }

        private @Nullable Object scalar(Parameters parameters, String path) {
            String text = parameters.get(path);
            if (text == null || item == String.class) {
                return text;
            }
            try {
                if (item == Integer.class || item == int.class) {
                    return Integer.valueOf(text);
                }
                if (item == Long.class || item == long.class) {
                    return Long.valueOf(text);
                }
            } catch (NumberFormatException e) {
                throw GatewayException.invalid(path, "it is no whole number");
            }
            return switch (text.toLowerCase(Locale.ROOT)) {
                case "true" -> true;
                case "false" -> false;
                default -> throw GatewayException.invalid(path, "it is neither true nor false");
            };
        }
    }
}
