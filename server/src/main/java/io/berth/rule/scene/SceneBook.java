package io.berth.rule.scene;

import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.Value;
import io.berth.core.alarm.Alarm;
import io.berth.core.device.DeviceId;
import io.berth.core.message.Event;
import io.berth.core.scene.Scene;
import io.berth.core.scene.SceneStore;
import io.berth.core.scene.Scenes;
import io.berth.core.subscription.Readers;
import io.berth.core.subscription.Selection;
import io.berth.stream.group.GroupReaders;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;

/// All scenes: kept in the store, checked before they are, and at work while they are enabled.
public final class SceneBook implements Scenes, AutoCloseable {
    private static final long CLOSE_SECONDS = 5;

    private final SceneStore store;
    private final SceneSite site;
    private final ExecutorService workers;
    private final SceneEngine engine;
    private final Intake intake;
    private final Map<String, Ledger> ledgers = new ConcurrentHashMap<>();

    /// @param readers where the events come from, and `consumers` as well
    public SceneBook(SceneStore store, SceneSite site, Readers readers, GroupReaders consumers) {
        this.store = store;
        this.site = site;
        this.workers = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("scenes-", 0).factory());
        this.engine = new SceneEngine(site, store, workers);
        this.intake =
                new Intake(new Intake.Source(readers, consumers), engine::hear, site.config(), workers, site.clock());
    }

    /// Lets the stored scenes work, after a start.
    public synchronized void start() {
        store.list().forEach(this::run);
        readAgain();
    }

    /// To be called every second or so, by one thread at a time.
    public void tick() {
        engine.tick();
    }

    @Override
    public synchronized Scene create(Draft draft) {
        Scene scene = checked(draft);
        if (store.list().size() >= site.config().most()) {
            throw new ProblemException(
                    Problem.LIMIT_REACHED, "there are at most " + site.config().most() + " scenes");
        }
        store.insert(scene);
        run(scene);
        readAgain();
        return scene;
    }

    @Override
    public synchronized Scene replace(Draft draft) {
        Scene scene = checked(draft);
        return update(scene);
    }

    @Override
    public synchronized Scene enable(String name, boolean enabled) {
        return update(get(name).enabled(enabled, site.clock().instant()));
    }

    @Override
    public synchronized void delete(String name) {
        store.delete(name);
        engine.forget(name);
        ledgers.remove(name);
        readAgain();
    }

    @Override
    public List<Scene> list() {
        return store.list();
    }

    @Override
    public Scene get(String name) {
        return list().stream()
                .filter(scene -> scene.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new ProblemException(Problem.NOT_FOUND, "there is no scene \"" + name + "\""));
    }

    @Override
    public Progress progress(Scene scene) {
        return ledger(scene.name()).progress();
    }

    @Override
    public Trial tryOut(Draft draft, Value.Fields given) {
        Plan plan = PlanReader.read(draft.plan());
        PlanCheck.check(site, plan);
        SampleMoment sample = SampleMoment.read(given, site.clock().instant());
        Event event = sample.event();
        DeviceId device = event == null ? null : event.device();
        Circumstances circumstances = new Circumstances(site, device, sample.time());
        List<Part> triggers = plan.triggers().stream()
                .map(trigger -> new Part(trigger.toString(), isMet(trigger, sample)))
                .toList();
        List<Part> conditions = plan.conditions().stream()
                .map(condition -> new Part(condition.toString(), circumstances.meet(condition)))
                .toList();
        boolean fires =
                triggers.stream().anyMatch(Part::met) && conditions.stream().allMatch(Part::met);
        return new Trial(
                fires,
                triggers,
                conditions,
                plan.actions().stream().map(Action::toString).toList());
    }

    private static boolean isMet(Trigger trigger, SampleMoment sample) {
        return switch (trigger) {
            case Trigger.Clock(Schedule schedule) -> schedule.matches(sample.time());
            case Trigger.Told told -> {
                Event event = sample.event();
                yield event != null
                        && told.subject().isAbout(event)
                        && switch (told.look(event)) {
                            case Sight.Moment _, Sight.Value _, Sight.Holds _ -> true;
                            case Sight.None _, Sight.Over _ -> false;
                        };
            }
        };
    }

    /// The sum of a count over all scenes.
    public long total(ToLongFunction<Progress> count) {
        return ledgers.values().stream().map(Ledger::progress).mapToLong(count).sum();
    }

    /// Finishes what is under way, for a moment; the rest comes again after the next start.
    @Override
    public void close() {
        workers.shutdown();
        try {
            if (!workers.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                workers.shutdownNow();
            }
        } catch (InterruptedException e) {
            workers.shutdownNow();
            Thread.currentThread().interrupt();
        }
        intake.close();
    }

    private Scene update(Scene scene) {
        store.update(scene);
        engine.forget(scene.name());
        run(scene);
        readAgain();
        return scene;
    }

    private Scene checked(Draft draft) {
        PlanCheck.check(site, PlanReader.read(draft.plan()));
        return new Scene(
                draft.name(),
                draft.description(),
                draft.enabled(),
                draft.plan(),
                site.clock().instant());
    }

    /// A scene of an earlier release that cannot be read any more is told of, and does not keep the others.
    private void run(Scene scene) {
        String unreadable = "scene-unreadable:" + scene.name();
        try {
            Plan plan = PlanReader.read(scene.plan());
            if (scene.enabled()) {
                engine.run(new RunningScene(
                        scene, plan, ledger(scene.name()), site.clock().instant()));
            }
            site.alarms().clear(unreadable);
        } catch (ProblemException e) {
            site.alarms().raise(unreadable, Alarm.Severity.MAJOR, e.detail());
        }
    }

    private void readAgain() {
        Set<String> products = new HashSet<>();
        Set<Event.Kind> kinds = new HashSet<>();
        for (RunningScene scene : engine.running()) {
            products.addAll(scene.selection().products());
            kinds.addAll(scene.selection().kinds());
        }
        intake.select(kinds.isEmpty() ? Optional.empty() : Optional.of(new Selection(products, kinds)));
    }

    private Ledger ledger(String scene) {
        return ledgers.computeIfAbsent(scene, _ -> new Ledger(site.config().firingsKept()));
    }
}
