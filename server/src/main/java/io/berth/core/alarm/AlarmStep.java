package io.berth.core.alarm;

import java.time.Instant;

/// Something that became of an alarm.
///
/// @param by the user who did it, empty when nobody but the one who sees the trouble did
public record AlarmStep(String source, Instant time, Change change, String by, Alarm.Severity severity, String text) {
    public enum Change {
        RAISED,
        /// It got another severity while it lasted.
        CHANGED,
        ACKNOWLEDGED,
        CLEARED
    }

    static AlarmStep of(Alarm alarm, Instant time, Change change, String by) {
        return new AlarmStep(alarm.source(), time, change, by, alarm.severity(), alarm.text());
    }
}
