package io.berth.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Fills a record from settings, component by component, by its type.
final class RecordReader {
    private final Settings settings;

    RecordReader(Settings settings) {
        this.settings = settings;
    }

    <R extends Record> R read(String path, R defaults) {
        RecordComponent[] components = defaults.getClass().getRecordComponents();
        @Nullable Object[] values = new @Nullable Object[components.length];
        for (int i = 0; i < components.length; i++) {
            values[i] = value(path + "." + kebab(components[i].getName()), components[i], defaults);
        }
        return build(path, defaults, components, values);
    }

    private @Nullable Object value(String key, RecordComponent component, Record defaults) {
        @Nullable Object standard = invoke(component, defaults);
        if (standard instanceof Record nested) {
            return read(key, nested);
        }
        Optional<Config> config = settings.valueOf(key);
        try {
            return config.isPresent() ? typed(config.get(), key, component, standard) : standard;
        } catch (ConfigException | ArithmeticException e) {
            throw new SettingsException(key + " is not usable: " + e.getMessage(), e);
        }
    }

    private static Object typed(Config config, String key, RecordComponent component, @Nullable Object standard) {
        boolean isSize = component.getName().endsWith("Bytes");
        return switch (standard) {
            case Boolean _ -> config.getBoolean(key);
            case Integer _ when isSize -> Math.toIntExact(config.getBytes(key));
            case Integer _ -> config.getInt(key);
            case Long _ when isSize -> config.getBytes(key);
            case Long _ -> config.getLong(key);
            case null -> config.getString(key); // only texts may be absent
            case String _ -> config.getString(key);
            case Duration _ -> config.getDuration(key);
            case Enum<?> constant -> constant(constant, config.getString(key), key);
            case List<?> _ -> list(config, key);
            default -> throw new IllegalStateException("no reader for " + component);
        };
    }

    /// A command line says a list with commas: `--set tls.names=a.example.org,b.example.org`.
    private static List<String> list(Config config, String key) {
        return config.getValue(key).unwrapped() instanceof String words
                ? Arrays.stream(words.split(","))
                        .map(String::strip)
                        .filter(word -> !word.isEmpty())
                        .toList()
                : List.copyOf(config.getStringList(key));
    }

    private static Object constant(Enum<?> standard, String text, String key) {
        String wanted = text.toUpperCase(Locale.ROOT).replace('-', '_');
        Object[] constants = standard.getDeclaringClass().getEnumConstants();
        return Arrays.stream(constants)
                .filter(constant -> constant.toString().equals(wanted))
                .findFirst()
                .orElseThrow(() -> new SettingsException(
                        key + " is one of " + Arrays.toString(constants).toLowerCase(Locale.ROOT) + ", not " + text));
    }

    private static <R extends Record> R build(
            String path, R defaults, RecordComponent[] components, @Nullable Object[] values) {
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            @SuppressWarnings("unchecked") // the class of an R
            Class<R> type = (Class<R>) defaults.getClass();
            var constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            Throwable cause = e.getCause();
            throw new SettingsException(path + ": " + (cause == null ? e : cause).getMessage(), e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static @Nullable Object invoke(RecordComponent component, Record record) {
        try {
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String kebab(String camel) {
        return camel.replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
    }
}
