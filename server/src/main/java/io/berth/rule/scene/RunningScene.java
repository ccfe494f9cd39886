package io.berth.rule.scene;

import io.berth.core.message.Event;
import io.berth.core.scene.Scene;
import io.berth.core.subscription.Selection;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A scene that is enabled.
///
/// @param ledger what it did, from before it was changed too
/// @param due by the place of each trigger that is a clock, when it comes next
record RunningScene(Scene scene, Plan plan, Ledger ledger, Map<Integer, Instant> due) {
    RunningScene(Scene scene, Plan plan, Ledger ledger, Instant now) {
        this(scene, plan, ledger, new ConcurrentHashMap<>());
        for (int place = 0; place < plan.triggers().size(); place++) {
            wind(place, now);
        }
    }

    String name() {
        return scene.name();
    }

    /// The events it has triggers for.
    Selection selection() {
        Set<Event.Kind> kinds = plan.told().map(Trigger.Told::kind).collect(Collectors.toSet());
        Set<String> products = plan.told().map(told -> told.subject().product()).collect(Collectors.toSet());
        return new Selection(products, kinds);
    }

    /// The trigger at this place, null when there is none that lasts: the scene may have been another.
    Trigger.@Nullable Lasting lasting(int place) {
        return place < plan.triggers().size() && plan.triggers().get(place) instanceof Trigger.Lasting lasting
                ? lasting
                : null;
    }

    boolean looksAt(Event event) {
        return !event.time().isBefore(scene.changed());
    }

    /// Sets the clock at this place to the next time after this one.
    void wind(int place, Instant now) {
        if (plan.triggers().get(place) instanceof Trigger.Clock(Schedule schedule)) {
            schedule.next(now).ifPresentOrElse(next -> due.put(place, next), () -> due.remove(place));
        }
    }
}
