package io.berth.core.alarm;

import java.util.List;
import java.util.concurrent.CompletionStage;

/// Where alarms are kept.
public interface AlarmStore {
    /// All of them, in no order. Blocking.
    List<Alarm> list();

    /// @param changed alarms as they are now
    /// @param dropped sources of alarms that are not kept any more
    /// @param steps what happened, the oldest first
    record Changes(List<Alarm> changed, List<String> dropped, List<AlarmStep> steps) {
        public Changes {
            changed = List.copyOf(changed);
            dropped = List.copyOf(dropped);
            steps = List.copyOf(steps);
        }
    }

    /// Never blocks; a completed stage is durable. Of all steps the newest `stepsKept` stay.
    CompletionStage<Void> save(Changes changes, int stepsKept);

    /// What became of the alarm, the newest first. Blocking.
    List<AlarmStep> history(String source, int most);
}
