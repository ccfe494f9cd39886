package io.berth.dialect.aliyun.openapi;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Every action of the vendor by its name, and what is built of it.
final class Catalogue {
    /// The vendor's 425, a line each.
    private static final String KNOWN = "actions.txt";

    private final SortedSet<String> known = known();
    private final Map<String, Action<?>> built;

    Catalogue(List<Action.Group> groups) {
        built = groups.stream()
                .flatMap(group -> group.actions().stream())
                .collect(Collectors.toUnmodifiableMap(Action::name, Function.identity()));
        if (!known.containsAll(built.keySet())) {
            throw new IllegalStateException("no action of the vendor: " + built.keySet());
        }
    }

    Set<String> names() {
        return known;
    }

    /// Null for one that is not built, or not known either.
    @Nullable
    Action<?> find(String name) {
        return built.get(name);
    }

    private static SortedSet<String> known() {
        try (InputStream names = Objects.requireNonNull(Catalogue.class.getResourceAsStream(KNOWN), KNOWN)) {
            return new String(names.readAllBytes(), UTF_8).lines().collect(Collectors.toCollection(TreeSet::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
