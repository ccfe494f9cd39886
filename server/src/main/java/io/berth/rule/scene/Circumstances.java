package io.berth.rule.scene;

import io.berth.core.Value;
import io.berth.core.device.DeviceId;
import io.berth.core.state.ThingState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// How things are while a scene decides. Blocks.
///
/// @param device whose trigger it was, null when it was the clock's
record Circumstances(SceneSite site, @Nullable DeviceId device, Instant now) {
    boolean meet(Condition condition) {
        return switch (condition) {
            case Condition.PropertyIs is -> is.comparison().holds(value(is));
            case Condition.PresenceIs is -> {
                DeviceId about = about(is.device());
                yield about != null && site.sessions().isOnline(about) == is.online();
            }
            case Condition.Window window -> window.contains(now);
        };
    }

    private Value value(Condition.PropertyIs is) {
        DeviceId about = about(is.device());
        ThingState.Versioned known = about == null
                ? null
                : site.things().state(about).reported().get(is.property().key());
        return known == null || !Trigger.isYoung(known.time(), is.within(), now)
                ? Value.Nothing.NOTHING
                : is.property().in(known.value());
    }

    private @Nullable DeviceId about(@Nullable DeviceId named) {
        return named == null ? device : named;
    }
}
