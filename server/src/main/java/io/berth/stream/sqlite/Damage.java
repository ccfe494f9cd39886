package io.berth.stream.sqlite;

import io.berth.core.alarm.Alarm;
import io.berth.core.alarm.AlarmBell;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Says loudly that events were lost to a broken disk. Any thread.
final class Damage {
    static final String ALARM = "event-log-damage";

    private static final Logger LOG = LoggerFactory.getLogger(Damage.class);

    private final LogFile file;
    private final AlarmBell bell;

    Damage(LogFile file, AlarmBell bell) {
        this.file = file;
        this.bell = bell;
    }

    void found(Row row, String what) {
        LOG.error(
                "{}: the {} events from offset {} on are damaged, and passed over: {}",
                file.path(),
                row.count(),
                row.first(),
                what);
        bell.raise(
                ALARM,
                Alarm.Severity.CRITICAL,
                "Events in " + file.path() + " are damaged and are told to nobody; the log says which."
                        + " See to the disk and to the memory of this machine.");
    }

    void none() {
        bell.clear(ALARM);
    }
}
