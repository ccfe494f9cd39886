package io.berth.stream.kafka;

import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.alarm.Alarm;
import io.berth.core.alarm.AlarmBell;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Whether Kafka takes events, and that the operator hears of it when it does not. Any thread.
final class Outage {
    private static final Logger LOG = LoggerFactory.getLogger(Outage.class);
    private static final String ALARM = "event-log";

    private final String servers;
    private final AlarmBell alarms;
    private final AtomicBoolean lasts = new AtomicBoolean();

    Outage(String servers, AlarmBell alarms) {
        this.servers = servers;
        this.alarms = alarms;
    }

    boolean lasts() {
        return lasts.get();
    }

    void end() {
        if (lasts.get() && lasts.compareAndSet(true, false)) {
            alarms.clear(ALARM);
        }
    }

    void begin(@Nullable Exception failure) {
        if (lasts.compareAndSet(false, true)) {
            LOG.error("Kafka does not take events: {}", String.valueOf(failure));
            alarms.raise(
                    ALARM,
                    Alarm.Severity.CRITICAL,
                    "Kafka at " + servers + " does not take events, and devices whose events are wanted are not"
                            + " acknowledged: " + failure + ". Bring the brokers back; devices send again.");
        }
    }

    static ProblemException refusal(@Nullable Exception failure) {
        String problem = "Kafka does not take events";
        return failure == null
                ? new ProblemException(Problem.STORAGE_UNAVAILABLE, problem)
                : new ProblemException(Problem.STORAGE_UNAVAILABLE, problem, failure);
    }
}
