package io.berth.rule.scene;

import io.berth.core.ProblemException;
import io.berth.core.message.Event;
import io.berth.core.subscription.ConsumerGroup.Bounds;
import io.berth.core.subscription.Reader;
import io.berth.core.subscription.Readers;
import io.berth.core.subscription.Readers.Peer;
import io.berth.core.subscription.Selection;
import io.berth.stream.group.Consumer;
import io.berth.stream.group.GroupReaders;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The scenes' reader of the event log. What the ear could not work on, because a store did not answer or the
/// server crashed, comes again. Any thread; changes block.
final class Intake implements AutoCloseable {
    static final String READER = "scenes";

    private static final Logger LOG = LoggerFactory.getLogger(Intake.class);
    private static final int MOST_ATTEMPTS = 100;

    private final Source source;
    private final Ear ear;
    private final SceneConfig config;
    private final Executor workers;
    private final InstantSource clock;
    private @Nullable Selection selected;
    private @Nullable Attached attached;

    /// Where events come from.
    record Source(Readers readers, GroupReaders consumers) {}

    /// Works on one event; returns when it is done. One at a time for one device, in order.
    @FunctionalInterface
    interface Ear {
        void hear(Event event) throws InterruptedException;
    }

    /// @param workers as many tasks run there at once as `scenes.window` says
    Intake(Source source, Ear ear, SceneConfig config, Executor workers, InstantSource clock) {
        this.source = source;
        this.ear = ear;
        this.config = config;
        this.workers = workers;
        this.clock = clock;
    }

    /// Reads these events from now on; empty for none, and then what comes meanwhile is not told later.
    synchronized void select(Optional<Selection> wanted) {
        if (wanted.isEmpty()) {
            source.readers().end(READER);
            attached = null;
        } else if (!wanted.get().equals(selected)) {
            Bounds bounds = new Bounds(config.maxAge(), Long.MAX_VALUE, MOST_ATTEMPTS);
            source.readers().begin(new Reader(READER, wanted.get(), bounds, clock.instant(), true));
            attached = new Attached();
            attached.begin(source.consumers().attach(READER, Duration.ZERO, attached));
        }
        selected = wanted.orElse(null);
    }

    @Override
    public synchronized void close() {
        if (attached != null) {
            attached.end();
        }
    }

    private final class Attached implements Consumer.Receiver {
        private volatile @Nullable Consumer consumer;

        void begin(Consumer mine) {
            consumer = mine;
            mine.request(config.window());
        }

        void end() {
            Consumer mine = consumer;
            if (mine != null) {
                mine.close();
            }
        }

        @Override
        public void deliver(Consumer.Delivered delivered) {
            try {
                workers.execute(() -> work(delivered));
            } catch (RejectedExecutionException _) {
                // the server stops: it comes again after the next start
            }
        }

        @Override
        public Peer peer() {
            return new Peer(READER, "");
        }

        private void work(Consumer.Delivered delivered) {
            Consumer.Settlement settlement = Consumer.Settlement.FAILED;
            try {
                ear.hear(delivered.event());
                settlement = Consumer.Settlement.ACCEPTED;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (ProblemException e) {
                LOG.warn("scenes could not work on an event and try again: {}", e.detail());
            } catch (RuntimeException e) {
                LOG.error("scenes failed with an event of {}", delivered.event().device(), e);
            }
            Consumer mine = consumer;
            if (mine != null) {
                mine.settle(delivered.tag(), settlement);
                mine.request(1);
            }
        }
    }
}
