package io.berth.rule;

import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.Value;
import java.util.LinkedHashMap;
import java.util.Map;

/// The kinds of destinations there are: a line each. Any thread, once built.
public final class Destinations {
    private final Map<String, Kind<?>> kinds = new LinkedHashMap<>();

    private record Kind<C extends DestinationConfig>(ConfigForm<C> form, Maker<C> maker) {
        Destination make(Value.Fields settings) {
            return maker.make(form.read(settings));
        }

        Value.Fields checked(Value.Fields settings) {
            C config = form.read(settings);
            maker.make(config).close(); // what a template or an address has wrong shows up here
            return form.write(config);
        }

        Value.Fields shown(Value.Fields settings) {
            return form.shown(form.read(settings));
        }

        Value.Fields unmasked(Value.Fields settings, Value.Fields before) {
            return form.unmasked(settings, form.read(before));
        }
    }

    /// Makes a destination; connects at the first message, not now. INVALID_ARGUMENT when the configuration
    /// cannot work.
    @FunctionalInterface
    public interface Maker<C extends DestinationConfig> {
        Destination make(C config);
    }

    /// Adds a kind under the lower-case word users choose it by.
    public <C extends DestinationConfig> Destinations with(String kind, Class<C> config, Maker<C> maker) {
        kinds.put(kind, new Kind<>(new ConfigForm<>(kind, config), maker));
        return this;
    }

    public Destination make(String kind, Value.Fields settings) {
        return kind(kind).make(settings);
    }

    /// The settings, complete and in their own order; INVALID_ARGUMENT names everything that is wrong.
    public Value.Fields checked(String kind, Value.Fields settings) {
        return kind(kind).checked(settings);
    }

    /// The settings without secrets.
    public Value.Fields shown(String kind, Value.Fields settings) {
        return kind(kind).shown(settings);
    }

    /// The settings in which each secret that is shown as `***` is the one it was.
    public Value.Fields unmasked(String kind, Value.Fields settings, Value.Fields before) {
        return kind(kind).unmasked(settings, before);
    }

    private Kind<?> kind(String word) {
        Kind<?> kind = kinds.get(word);
        if (kind == null) {
            throw new ProblemException(
                    Problem.INVALID_ARGUMENT,
                    "no destination \"" + word + "\"; there are " + String.join(", ", kinds.keySet()));
        }
        return kind;
    }
}
