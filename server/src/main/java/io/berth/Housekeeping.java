package io.berth;

import io.berth.rule.scene.SceneBook;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What is done again and again beside everything else: what is over is forgotten, what took too long is
/// given up.
final class Housekeeping implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);
    private static final Duration ROUND = Duration.ofMinutes(1);
    private static final Duration TICK = Duration.ofSeconds(1);

    private final Platform platform;
    private final SceneBook scenes;
    private final Duration sessionExpiry;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("housekeeping").factory());

    /// @param sessionExpiry how long a stored session outlives its connection
    Housekeeping(Platform platform, SceneBook scenes, Duration sessionExpiry) {
        this.platform = platform;
        this.scenes = scenes;
        this.sessionExpiry = sessionExpiry;
    }

    Housekeeping start() {
        every(ROUND, this::expireSessions);
        every(ROUND, platform.calls::purge);
        every(ROUND, platform.devices::deleteOverdue);
        every(TICK, platform.calls::giveUpOverdue);
        every(TICK, platform.wishes::tellHeldBack);
        every(TICK, scenes::tick);
        every(TICK, platform.alarms::flush);
        return this;
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }

    /// What fails is tried again: a timer would stop at the first exception.
    private void every(Duration pause, Runnable work) {
        Runnable guarded = () -> {
            try {
                work.run();
            } catch (RuntimeException e) {
                LOG.warn("housekeeping failed", e);
            }
        };
        var _ = timer.scheduleWithFixedDelay(guarded, pause.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void expireSessions() {
        var _ = platform.storage
                .sessions()
                .expire(platform.clock.instant(), sessionExpiry, platform.sessions::isAttached)
                .whenComplete((count, failure) -> {
                    if (failure != null) {
                        LOG.warn("sessions could not be expired", failure);
                    } else if (count > 0) {
                        LOG.info("{} stored sessions expired", count);
                    }
                });
    }
}
