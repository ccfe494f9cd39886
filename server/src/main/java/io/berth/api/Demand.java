package io.berth.api;

import io.berth.core.caller.Area;
import io.berth.core.caller.Role;
import org.jspecify.annotations.Nullable;

/// What a route asks of its caller.
///
/// @param role null: nothing at all, the route decides for itself
/// @param inSpaces whether callers that reach some resource spaces only may call it: the route looks at what
/// they reach. Others are about all spaces at once, unless their path names a product
public record Demand(@Nullable Role role, Area area, boolean inSpaces) {
    static final Demand NONE = new Demand(null, Area.CALLERS, false);

    static Demand read(Area area) {
        return new Demand(Role.READER, area, false);
    }

    static Demand operate(Area area) {
        return new Demand(Role.OPERATOR, area, false);
    }

    static Demand administer(Area area) {
        return new Demand(Role.ADMINISTRATOR, area, false);
    }

    Demand withinSpaces() {
        return new Demand(role, area, true);
    }
}
