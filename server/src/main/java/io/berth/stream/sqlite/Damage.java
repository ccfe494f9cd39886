package io.berth.stream.sqlite;

import io.berth.core.alarm.Alarm;
import io.berth.core.alarm.AlarmBell;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Says loudly that events were lost to a broken disk. Any thread.
record Damage(LogFile file, AlarmBell bell) {
    static final String ALARM = "event-log-damage";

    private static final Logger LOG = LoggerFactory.getLogger(Damage.class);

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
