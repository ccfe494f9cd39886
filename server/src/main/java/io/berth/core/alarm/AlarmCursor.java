package io.berth.core.alarm;

import io.berth.core.Problem;
import io.berth.core.ProblemException;
import java.time.DateTimeException;
import java.time.Instant;

/// Where a page of a listing ended: `2026-01-02T03:04:05Z event-log`.
final class AlarmCursor {
    private AlarmCursor() {}

    static String write(Alarm last) {
        return last.raised() + " " + last.source();
    }

    /// An alarm that stands in the listing where that one stood.
    static Alarm read(String cursor) {
        int space = cursor.indexOf(' ');
        try {
            Instant raised = Instant.parse(cursor.substring(0, Math.max(space, 0)));
            return Alarm.first(cursor.substring(space + 1), null, Alarm.Severity.WARNING, "", raised);
        } catch (DateTimeException e) {
            throw new ProblemException(Problem.INVALID_ARGUMENT, "\"after\" is no cursor of this listing", e);
        }
    }
}
