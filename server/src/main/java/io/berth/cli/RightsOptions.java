package io.berth.cli;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// What a caller may do, about what, and where.
final class RightsOptions {
    @Option(names = "--role", paramLabel = "R", description = "administrator, operator or reader.")
    private @Nullable Role role;

    @Option(
            names = "--space",
            paramLabel = "ID",
            description = "Only in this resource space; may be given several times. None: all.")
    private @Nullable List<String> spaces;

    @Option(
            names = "--area",
            paramLabel = "A",
            description = "Only about this, as devices; may be given several times. None: everything.")
    private @Nullable List<Area> areas;

    enum Role {
        ADMINISTRATOR,
        OPERATOR,
        READER
    }

    enum Area {
        SPACES,
        PRODUCTS,
        MODELS,
        DEVICES,
        MESSAGES,
        THINGS,
        GATEWAYS,
        GROUPS,
        UPGRADES,
        SUBSCRIPTIONS,
        RULES,
        CALLERS,
        PLATFORM
    }

    boolean hasRole() {
        return role != null;
    }

    JsonObject addTo(JsonObject body) {
        return body.with("role", role == null ? null : word(role))
                .with("spaces", spaces)
                .with(
                        "areas",
                        areas == null
                                ? null
                                : areas.stream().map(RightsOptions::word).toList());
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
