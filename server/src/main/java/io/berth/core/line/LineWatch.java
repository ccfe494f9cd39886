package io.berth.core.line;

import io.berth.core.alarm.Alarm.Severity;
import io.berth.core.alarm.Alarms;
import io.berth.core.line.LineUnit.Visit;
import java.util.List;

/// Raises an alarm where one hardware id seems to be in two devices. Never blocks; any thread.
final class LineWatch {
    private static final String LATE = "line:late:";
    private static final String ELSEWHERE = "line:two-places:";
    private static final String BURNED_TWICE = "line:burned-twice:";

    private final Alarms alarms;

    LineWatch(Alarms alarms) {
        this.alarms = alarms;
    }

    void late(LineUnit unit, Visit visit) {
        raise(
                LATE,
                unit,
                Severity.MAJOR,
                from(visit) + " asked for the secret of " + unit.device()
                        + ", which has it already. If the device did not lose it, a copy of it asks.");
    }

    void elsewhere(LineUnit unit, Visit before, Visit visit) {
        raise(
                ELSEWHERE,
                unit,
                Severity.MAJOR,
                from(visit) + " asked for the secret of " + unit.device() + ", which went to " + from(before)
                        + " before. One of the two may be a copy.");
    }

    void burnedTwice(LineUnit unit, Visit before, Visit visit) {
        raise(
                BURNED_TWICE,
                unit,
                Severity.CRITICAL,
                from(visit) + " burned " + unit.device() + " and so did " + from(before)
                        + ": two devices carry its secret. Give one of them another identity.");
    }

    /// An operator looked at the unit and opened it again.
    void settled(HardwareId id) {
        List.of(LATE, ELSEWHERE, BURNED_TWICE).forEach(kind -> alarms.clear(kind + id));
    }

    private void raise(String kind, LineUnit unit, Severity severity, String text) {
        alarms.raise(kind + unit.id(), unit.device(), severity, text);
    }

    private static String from(Visit visit) {
        return "station " + visit.station() + " at " + visit.address();
    }
}
