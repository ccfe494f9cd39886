package io.berth.rule;

import io.berth.core.alarm.Alarm;
import io.berth.core.message.Event;
import io.berth.core.rule.Rule;
import io.berth.core.rule.RuleEngine.ActionState;
import io.berth.core.subscription.Reader;
import io.berth.core.subscription.Readers;
import io.berth.core.subscription.Readers.Peer;
import io.berth.rule.Destination.Outcome;
import io.berth.rule.Program.Made;
import io.berth.stream.group.Consumer;
import io.berth.stream.group.Consumer.Delivered;
import io.berth.stream.group.Consumer.Settlement;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One action at work. It takes events from a reader of its own, which hands out the next event of a device
/// only when the one before is settled; each is settled once it is sent, or given up. So an event that was
/// read before a crash and not sent is read again, and whatever a destination does, only this action waits.
///
/// Each event in hand has a virtual thread; `rule.in-hand` bounds them.
final class ActionRunner implements Consumer.Receiver, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ActionRunner.class);
    private static final Duration END_PATIENCE = Duration.ofSeconds(5);

    private final Rule rule;
    private final Rule.Action action;
    private final Rule.Policy policy;
    private final Program program;
    private final Destination destination;
    private final RuleSite site;
    private final SharedLimits limits;
    private final Stack stack;
    private final Line line;
    private final Flow flow;
    private final BackOff backOff;
    private final Semaphore places;
    private final ExecutorService threads;
    private final Tally tally;
    private @Nullable ActionRunner otherwise;
    private volatile @Nullable Consumer consumer;
    private Runnable hideMeters = () -> {};

    /// What an action works with.
    record Tools(Program program, Destination destination, SharedLimits limits, RuleSite site) {}

    ActionRunner(Rule rule, Rule.Action action, Tools tools) {
        this.rule = rule;
        this.action = action;
        this.policy = action.policy();
        this.program = tools.program();
        this.destination = tools.destination();
        this.limits = tools.limits();
        this.site = tools.site();
        this.stack = limits.stack(policy);
        this.tally = new Tally(site.clock());
        this.line = new Line(site.config().suspendAfter(), site.config().suspendFor(), site.clock(), new Alarming());
        this.flow = new Flow(policy.perSecond());
        this.backOff = new BackOff(site.config().firstRetry(), site.config().maxRetry());
        this.places = new Semaphore(policy.parallel(), true);
        this.threads = Executors.newThreadPerTaskExecutor(Thread.ofVirtual()
                .name("rule-" + rule.name() + "-" + action.id())
                .factory());
    }

    Rule rule() {
        return rule;
    }

    Rule.Action action() {
        return action;
    }

    /// What its reader is called.
    String reader() {
        return rule.reader(action);
    }

    /// @param other gets what this action cannot send, null for nobody
    void start(@Nullable ActionRunner other) {
        otherwise = other;
        site.readers()
                .begin(new Reader(rule.reader(action), program.selection(), stack.bounds(), rule.changed(), true));
        Consumer attached = site.consumers().attach(rule.reader(action), Duration.ZERO, this);
        consumer = attached;
        hideMeters = site.meters().show(rule.name(), action.id(), this::state);
        attached.request(stack.inHand(site.config().inHand()));
    }

    @Override
    public Peer peer() {
        return new Peer(rule.alarm(action), "");
    }

    @Override
    public void deliver(Delivered delivered) {
        try {
            threads.execute(() -> handle(delivered));
        } catch (RejectedExecutionException _) {
            // the action ended: its reader hands the event out again
        }
    }

    /// What waits stays in the log.
    @Override
    public void close() {
        hideMeters.run();
        Consumer attached = consumer;
        if (attached != null) {
            attached.close();
        }
        threads.shutdownNow();
        try {
            if (!threads.awaitTermination(END_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("{} still sends after {} s", rule.alarm(action), END_PATIENCE.toSeconds());
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        destination.close();
        site.bell().clear(rule.alarm(action));
    }

    /// Its destination is known to be there: it is suspended no more.
    void resume() {
        line.succeeded();
    }

    ActionState state() {
        Readers.Progress progress = site.readers().progress(rule.reader(action));
        return new ActionState(
                action.id(),
                tally.matched.sum(),
                tally.sent.sum(),
                tally.failed.sum(),
                tally.refused(),
                tally.lastRefusal(),
                tally.faulted.sum(),
                progress.dropped(),
                progress.waiting(),
                progress.oldest(),
                line.trouble(),
                line.suspendedUntil().orElse(null));
    }

    private void handle(Delivered delivered) {
        Consumer attached = consumer;
        if (attached == null) {
            return; // never: deliveries follow a request
        }
        Settlement settlement = Settlement.ACCEPTED;
        try {
            work(delivered.event());
        } catch (InterruptedException _) {
            line.abandoned();
            return; // ending: the reader has it still
        } catch (RuntimeException e) {
            LOG.warn(
                    "{}: event {} could not be worked on",
                    rule.alarm(action),
                    delivered.event().id(),
                    e);
            settlement = Settlement.FAILED;
        }
        attached.settle(delivered.tag(), settlement);
        attached.request(1);
    }

    private void work(Event event) throws InterruptedException {
        boolean matches = false;
        for (Made made : program.run(event)) {
            switch (made) {
                case Made.Skipped _ -> {}
                case Made.Faulted(Outgoing original, String detail) -> {
                    tally.faulted.increment();
                    leaveToOther(original.turnedAwayFor(detail));
                }
                case Made.Message(Outgoing message) -> {
                    if (!matches) {
                        tally.matched.increment();
                        matches = true;
                    }
                    bring(message);
                }
            }
        }
    }

    private void bring(Outgoing message) throws InterruptedException {
        for (int attempt = 1; true; attempt++) {
            if (stack.keeps()) {
                line.await();
            } else if (!line.isOpen()) {
                giveUp(message, leftAlone());
                return;
            }
            if (stack.isOver(message.event(), site.clock().instant())) {
                line.abandoned();
                giveUp(message, "older than " + stack.age().toSeconds() + " s; " + line.trouble());
                return;
            }
            switch (once(message)) {
                case Outcome.Done _ -> {
                    tally.sent.increment();
                    line.succeeded();
                    return;
                }
                case Outcome.Refused(String reason) -> {
                    line.succeeded();
                    giveUp(message, reason);
                    return;
                }
                case Outcome.Retry(String reason, Duration after) -> {
                    tally.failed.increment();
                    line.failed(reason);
                    if (isLast(attempt)) {
                        giveUp(message, reason);
                        return;
                    }
                    Thread.sleep(after == null ? backOff.after(attempt) : backOff.atMost(after));
                }
            }
        }
    }

    /// One try, whatever happens in it.
    private Outcome once(Outgoing message) throws InterruptedException {
        places.acquire();
        try {
            flow.pass();
            limits.pass(rule, action);
            return destination.send(message);
        } catch (UnfitException e) {
            return new Outcome.Refused(String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            LOG.warn("{} failed in an unexpected way", rule.alarm(action), e);
            return Outcome.retry(e.toString());
        } finally {
            places.release();
        }
    }

    private boolean isLast(int attempt) {
        int most = policy.attempts() > 0 ? policy.attempts() : stack.keeps() ? Integer.MAX_VALUE : 1;
        return attempt >= most;
    }

    private void giveUp(Outgoing message, String reason) throws InterruptedException {
        tally.refused(reason, message.body());
        LOG.debug(
                "{}: gave event {} up: {}", rule.alarm(action), message.event().id(), reason);
        leaveToOther(message.turnedAwayFor(reason));
    }

    private void leaveToOther(Outgoing message) throws InterruptedException {
        ActionRunner other = otherwise;
        if (other != null) {
            other.takeOver(message);
        }
    }

    /// Once, and what this action refuses is gone: two actions must not throw a message to and fro.
    private void takeOver(Outgoing message) throws InterruptedException {
        switch (line.isOpen() ? once(message) : Outcome.retry(leftAlone())) {
            case Outcome.Done _ -> {
                tally.sent.increment();
                line.succeeded();
            }
            case Outcome.Refused(String reason) -> lose(message, reason);
            case Outcome.Retry(String reason, Duration _) -> lose(message, reason);
        }
    }

    private void lose(Outgoing message, String reason) {
        line.abandoned();
        tally.refused(reason, message.body());
    }

    private String leftAlone() {
        return "the destination is left alone for now: " + line.trouble();
    }

    private final class Alarming implements Line.Listener {
        @Override
        public void down(String reason) {
            site.bell()
                    .raise(
                            rule.alarm(action),
                            Alarm.Severity.MAJOR,
                            "Action " + action.id() + " of rule " + rule.name() + " does not reach its destination: "
                                    + reason + ". "
                                    + (stack.keeps() ? "Its messages wait." : "Its messages are lost."));
        }

        @Override
        public void up() {
            site.bell().clear(rule.alarm(action));
        }
    }
}
