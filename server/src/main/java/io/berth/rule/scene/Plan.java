package io.berth.rule.scene;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/// What a scene is to do, read and ready to work.
///
/// @param triggers one of them is enough
/// @param conditions all of them must hold
/// @param actions in their order
/// @param coolDown how long it rests, for each device by itself, once it fired
record Plan(List<Trigger> triggers, List<Condition> conditions, List<Action> actions, Duration coolDown) {
    Plan {
        triggers = List.copyOf(triggers);
        conditions = List.copyOf(conditions);
        actions = List.copyOf(actions);
    }

    Stream<Trigger.Told> told() {
        return triggers.stream().filter(Trigger.Told.class::isInstance).map(Trigger.Told.class::cast);
    }
}
