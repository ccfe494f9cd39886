package io.berth.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// What the operator set. Read every record of the server from it, then call [#rejectUnknown].
public final class Settings {
    private final Config config;
    private final TreeSet<String> known = new TreeSet<>();

    private Settings(Config config) {
        this.config = config;
    }

    /// Reads the file, if one is given, and puts the overrides (`key` to value, as on the command line) on top.
    public static Settings load(Optional<Path> file, List<String> overrides) {
        Config config = file.map(Settings::parse).orElseGet(ConfigFactory::empty);
        for (String override : overrides) {
            int equals = override.indexOf('=');
            if (equals < 1) {
                throw new SettingsException("--set takes key=value, not \"" + override + "\"");
            }
            String key = override.substring(0, equals).strip();
            Object value = override.substring(equals + 1).strip();
            config = parse(Map.of(key, value)).withFallback(config);
        }
        try {
            return new Settings(config.resolve());
        } catch (ConfigException e) {
            throw new SettingsException("the configuration cannot be resolved: " + e.getMessage(), e);
        }
    }

    /// The record at `path`: its defaults, with the components that are set replaced. Durations and sizes carry units
    /// (`10s`, `1 MB`); a component `connectTimeout` is the key `connect-timeout`.
    public <R extends Record> R read(String path, R defaults) {
        return new RecordReader(this).read(path, defaults);
    }

    /// Stops the start when a key was set that no record has, and names the nearest one that exists.
    public void rejectUnknown() {
        List<Map.Entry<String, ConfigValue>> unknown = config.entrySet().stream()
                .filter(entry -> !known.contains(entry.getKey()))
                .sorted(Map.Entry.comparingByKey())
                .toList();
        if (!unknown.isEmpty()) {
            throw new SettingsException(unknown.stream().map(this::complaint).collect(Collectors.joining("\n")));
        }
    }

    /// Every key that was read so far, set or not.
    public SortedSet<String> known() {
        return Collections.unmodifiableSortedSet(known);
    }

    Optional<Config> valueOf(String key) {
        known.add(key);
        try {
            return config.hasPath(key) ? Optional.of(config) : Optional.empty();
        } catch (ConfigException e) {
            throw new SettingsException(e.getMessage() + " (key " + key + ")", e);
        }
    }

    private String complaint(Map.Entry<String, ConfigValue> entry) {
        String near = known.stream()
                .min(Comparator.comparingInt(key -> distance(key, entry.getKey())))
                .filter(key -> distance(key, entry.getKey()) <= Math.max(3, key.length() / 3))
                .map(key -> "; did you mean " + key + "?")
                .orElse("");
        return "unknown key " + String.join(".", ConfigUtil.splitPath(entry.getKey())) + " ("
                + entry.getValue().origin().description() + ")" + near;
    }

    private static Config parse(Path file) {
        if (!Files.isReadable(file)) {
            throw new SettingsException("the configuration file " + file + " cannot be read");
        }
        try {
            return ConfigFactory.parseFile(
                    file.toFile(), ConfigParseOptions.defaults().setAllowMissing(false));
        } catch (ConfigException e) {
            throw new SettingsException("the configuration file has an error: " + e.getMessage(), e);
        }
    }

    private static Config parse(Map<String, Object> override) {
        try {
            return ConfigFactory.parseMap(override, "--set");
        } catch (ConfigException e) {
            throw new SettingsException("--set: " + e.getMessage(), e);
        }
    }

    /// Levenshtein's distance: how many letters to insert, delete or replace.
    private static int distance(String left, String right) {
        int[] row = new int[right.length() + 1];
        for (int j = 0; j <= right.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= left.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= right.length(); j++) {
                int above = row[j];
                int replaced = diagonal + (left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(replaced, Math.min(above, row[j - 1]) + 1);
                diagonal = above;
            }
        }
        return row[right.length()];
    }
}
