package io.berth.rule.scene;

import io.berth.core.ProblemException;
import io.berth.core.Value;
import io.berth.core.alarm.Alarm;
import io.berth.core.device.DeviceId;
import io.berth.core.message.Event;
import io.berth.core.scene.Firing;
import io.berth.core.scene.SceneStore;
import io.berth.core.scene.SceneStore.Standing;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Decides what events, holds and clocks mean to scenes, and has it done. Any thread; what it is told of one
/// device is worked on one at a time. Blocks.
///
/// What was done is remembered only after it was done: a crash in between makes it happen again.
final class SceneEngine {
    private static final Logger LOG = LoggerFactory.getLogger(SceneEngine.class);
    private static final int LANES = 256;
    private static final String FULL = "scenes";

    private final SceneSite site;
    private final Performer performer;
    private final Standings standings;
    private final Executor workers;
    private final Map<String, RunningScene> scenes = new ConcurrentHashMap<>();
    private final Paces paces;
    private final Remembered<ValueOf, Value> values;
    private final List<Object> lanes =
            IntStream.range(0, LANES).mapToObj(_ -> new Object()).toList();

    private record ValueOf(String scene, int trigger, DeviceId device) {}

    /// Where a scene stands with one of its triggers.
    ///
    /// @param device whose trigger it is, null when it is the clock's
    private record Point(
            RunningScene scene, int trigger, @Nullable DeviceId device) {}

    /// @param workers where holds and clocks are worked on
    SceneEngine(SceneSite site, SceneStore store, Executor workers) {
        this.site = site;
        this.performer = new Performer(site);
        this.standings = new Standings(store, site.config().remembered());
        this.workers = workers;
        this.paces = new Paces(site);
        this.values = new Remembered<>(site.config().remembered());
    }

    /// Lets it work from now on, in place of the one of its name.
    void run(RunningScene scene) {
        scenes.put(scene.name(), scene);
    }

    /// Forgets what is remembered of the scene.
    void forget(String scene) {
        scenes.remove(scene);
        standings.forget(scene);
        values.forget(key -> key.scene().equals(scene));
        paces.forget(scene);
    }

    List<RunningScene> running() {
        return List.copyOf(scenes.values());
    }

    /// Returns once everything the event set off is done.
    void hear(Event event) throws InterruptedException {
        DeviceId device = event.device();
        if (device == null) {
            return;
        }
        synchronized (lane(device)) {
            for (RunningScene scene : scenes.values()) {
                if (scene.looksAt(event)) {
                    hear(scene, device, event);
                }
            }
        }
    }

    private void hear(RunningScene scene, DeviceId device, Event event) throws InterruptedException {
        List<Trigger> triggers = scene.plan().triggers();
        for (int place = 0; place < triggers.size(); place++) {
            if (triggers.get(place) instanceof Trigger.Told told
                    && told.kind() == event.kind()
                    && told.subject().isAbout(event)) {
                Point at = new Point(scene, place, device);
                switch (told.look(event)) {
                    case Sight.None _ -> {}
                    case Sight.Moment(String reason) -> fire(at, reason);
                    case Sight.Value seen -> value(at, device, seen);
                    case Sight.Holds seen ->
                        holds(at, new Standing(scene.name(), place, device, event.time(), false), seen);
                    case Sight.Over _ -> over(at, device);
                }
            }
        }
    }

    /// The first value since the start is none to compare with.
    private void value(Point at, DeviceId device, Sight.Value seen) throws InterruptedException {
        ValueOf key = new ValueOf(at.scene().name(), at.trigger(), device);
        if (values.find(key).filter(before -> !before.equals(seen.now())).isPresent()) {
            fire(at, seen.reason());
        }
        values.put(key, seen.now());
    }

    /// @param begun how it stands if it did not hold before
    private void holds(Point at, Standing begun, Sight.Holds seen) throws InterruptedException {
        Standing known =
                standings.find(begun.scene(), begun.trigger(), begun.device()).orElse(null);
        if (known != null) {
            if (!known.fired() && isDue(known, seen.hold()) && fire(at, seen.reason())) {
                standings.fired(known);
            }
        } else if (seen.hold().isZero()) {
            if (fire(at, seen.reason())) {
                noteRoom(standings.begin(begun.withFired()));
            }
        } else {
            noteRoom(standings.begin(begun));
        }
    }

    private void over(Point at, DeviceId device) {
        standings.find(at.scene().name(), at.trigger(), device).ifPresent(standings::end);
    }

    /// What is due by now: holds that lasted long enough, clocks. To be called every second or so, by one
    /// thread at a time.
    void tick() {
        Instant now = site.clock().instant();
        for (Standing standing : standings.running()) {
            RunningScene scene = scenes.get(standing.scene());
            Trigger.Lasting lasting = scene == null ? null : scene.lasting(standing.trigger());
            if (scene != null && lasting != null && isDue(standing, lasting.hold())) {
                standings.noticed(standing);
                work(() -> lasted(scene, standing, lasting), () -> standings.notNoticed(standing));
            }
        }
        for (RunningScene scene : scenes.values()) {
            for (var due : List.copyOf(scene.due().entrySet())) {
                if (!now.isBefore(due.getValue())) {
                    scene.wind(due.getKey(), now);
                    work(() -> struck(scene, due.getKey()), () -> scene.due().put(due.getKey(), now));
                }
            }
        }
    }

    /// It may have ended, or a report may have been quicker, while this waited for its turn.
    private void lasted(RunningScene scene, Standing standing, Trigger.Lasting lasting) throws InterruptedException {
        synchronized (lane(standing.device())) {
            boolean still = standings
                    .find(standing.scene(), standing.trigger(), standing.device())
                    .filter(standing::equals)
                    .isPresent();
            if (still && site.knows(standing.device())) {
                Point at = new Point(scene, standing.trigger(), standing.device());
                if (fire(at, standing.device() + ": " + lasting + ", since " + standing.since())) {
                    standings.fired(standing);
                }
            }
        }
    }

    private void struck(RunningScene scene, int trigger) throws InterruptedException {
        synchronized (lane(scene.name())) {
            fire(
                    new Point(scene, trigger, null),
                    scene.plan().triggers().get(trigger).toString());
        }
    }

    /// Does what the scene is for, unless a condition or its pace is against it.
    private boolean fire(Point at, String reason) throws InterruptedException {
        Instant now = site.clock().instant();
        RunningScene scene = at.scene();
        Circumstances circumstances = new Circumstances(site, at.device(), now);
        if (!scene.plan().conditions().stream().allMatch(circumstances::meet)) {
            return false;
        }
        if (!paces.allow(scene, at.device(), now)) {
            scene.ledger().suppressed();
            return false;
        }
        Performer.Cause cause = new Performer.Cause(scene.name(), at.device(), reason, now);
        List<Firing.Outcome> done = new ArrayList<>();
        for (Action action : scene.plan().actions()) {
            done.add(performer.perform(action, cause));
        }
        site.alarms().awaitKept();
        paces.fired(scene, at.device(), now);
        scene.ledger().fired(new Firing(now, at.device(), reason, done));
        return true;
    }

    private void noteRoom(boolean found) {
        if (found) {
            site.alarms().clear(FULL);
        } else {
            site.alarms()
                    .raise(
                            FULL,
                            Alarm.Severity.MAJOR,
                            "Triggers hold at " + standings.size() + " devices, and no more are remembered: holds are"
                                    + " not measured at the others, and scenes fire for each of their reports. Raise"
                                    + " scenes.remembered.");
        }
    }

    private boolean isDue(Standing standing, Duration hold) {
        return !site.clock().instant().isBefore(standing.since().plus(hold));
    }

    /// What a store did not allow is tried again at the next tick.
    private void work(Work work, Runnable otherwise) {
        workers.execute(() -> {
            try {
                work.run();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (ProblemException e) {
                LOG.warn("a scene could not do its work and tries again: {}", e.detail());
                otherwise.run();
            }
        });
    }

    @FunctionalInterface
    private interface Work {
        void run() throws InterruptedException;
    }

    private Object lane(Object key) {
        return lanes.get(Math.floorMod(key.hashCode(), LANES));
    }
}
