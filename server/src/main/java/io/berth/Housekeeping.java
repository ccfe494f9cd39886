package io.berth;

import io.berth.core.session.RollCall;
import io.berth.rule.scene.SceneBook;
import io.berth.stream.amqp.AmqpServer;
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
    /// Certificates end on a day, and looking at all of them takes some time.
    private static final Duration EXPIRY = Duration.ofMinutes(10);

    private static final Duration TICK = Duration.ofSeconds(1);

    private final Platform platform;
    private final SceneBook scenes;
    private final AmqpServer subscribers;
    /// How long a stored session outlives its connection.
    private final Duration sessionExpiry;

    private final Duration auditKept;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("housekeeping").factory());

    Housekeeping(Platform platform, SceneBook scenes, AmqpServer subscribers, Config config) {
        this.subscribers = subscribers;
        this.platform = platform;
        this.scenes = scenes;
        this.sessionExpiry = config.mqtt().session().expiry();
        this.auditKept = config.audit().keep();
    }

    Housekeeping start() {
        every(ROUND, this::expireSessions);
        every(ROUND, platform.calls::purge);
        every(ROUND, this::forgetAudit);
        every(ROUND, platform.batches::purge);
        every(TICK, platform.batches.runner()::startDue);
        every(ROUND, platform.devices::deleteOverdue);
        every(ROUND, platform.certification.issued()::forgetKeys);
        every(ROUND, new RollCall(platform.sessions)::next);
        every(EXPIRY, platform.certification.expiry()::look);
        every(TICK, platform.calls::giveUpOverdue);
        every(TICK, platform.visits::endOverdue);
        every(TICK, platform.outbox::giveUpOverdue);
        every(TICK, platform.wishes::tellHeldBack);
        every(TICK, scenes::tick);
        every(TICK, subscribers::expel);
        every(TICK, platform.alarms::flush);
        every(TICK, platform.line.operated().stations()::lookForCertificates);
        every(TICK, platform.callers.accessKeys()::writeUses);
        return this;
    }

    @Override
    public void close() {
        timer.shutdownNow();
        platform.callers.accessKeys().writeUses();
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

    private void forgetAudit() {
        int forgotten = platform.storage.audit().forget(platform.clock.instant().minus(auditKept));
        if (forgotten > 0) {
            LOG.info("{} audit records are older than audit.keep and forgotten", forgotten);
        }
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
