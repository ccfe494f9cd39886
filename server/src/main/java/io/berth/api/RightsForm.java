package io.berth.api;

import io.berth.core.caller.Area;
import io.berth.core.caller.Rights;
import io.berth.core.caller.Role;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Rights as a body names them.
///
/// @param spaces ids of resource spaces; none: all
/// @param areas none: everything
public record RightsForm(
        Role role, @Nullable List<String> spaces, @Nullable List<Area> areas) {
    Rights rights() {
        return new Rights(
                role, spaces == null ? Set.of() : Set.copyOf(spaces), areas == null ? Set.of() : Set.copyOf(areas));
    }

    static List<String> spaces(Rights rights) {
        return rights.spaces().stream().sorted().toList();
    }

    static List<Area> areas(Rights rights) {
        return rights.areas().stream().sorted().toList();
    }
}
