package io.berth.core.alarm;

import io.berth.core.Page;
import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.device.DeviceId;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/// The alarms, all of them in memory and written behind. Any thread; only what says so blocks.
public final class Alarms implements AlarmBell {
    private static final Comparator<Alarm> NEWEST_FIRST =
            Comparator.comparing(Alarm::raised).reversed().thenComparing(Alarm::source);

    /// Whom to give up first: what is over for longest, then what was not raised for longest.
    private static final Comparator<Alarm> LEAST_WANTED = Comparator.comparing(Alarm::isActive)
            .thenComparing(alarm -> alarm.cleared() == null ? alarm.lastRaised() : alarm.cleared())
            .thenComparing(Alarm::source);

    private final AlarmStore store;
    private final Limits limits;
    private final InstantSource clock;
    private final AlarmWriter writer;
    private final List<AlarmNews> followers = new CopyOnWriteArrayList<>();
    private final Map<String, Alarm> alarms = new HashMap<>();
    private final Map<DeviceId, Set<String>> ofDevices = new HashMap<>();

    /// @param kept how many alarms are kept, cleared ones included
    /// @param stepsKept how much history is kept of all of them together
    /// @param maxWaitingSteps how much history may wait for the store before the oldest of it is lost
    public record Limits(int kept, int stepsKept, int maxWaitingSteps) {
        public static final Limits DEFAULT = new Limits(10_000, 10_000, 10_000);

        public Limits {
            ProblemException.require(kept >= 1 && kept <= 1_000_000, "alarms.kept is 1 to 1000000");
            ProblemException.require(stepsKept >= 1, "alarms.steps-kept is at least 1");
            ProblemException.require(maxWaitingSteps >= 1, "alarms.max-waiting-steps is at least 1");
        }
    }

    /// Reads what is kept: blocks.
    public Alarms(AlarmStore store, Limits limits, InstantSource clock) {
        this.store = store;
        this.limits = limits;
        this.clock = clock;
        this.writer = new AlarmWriter(store, limits);
        store.list().forEach(this::put);
    }

    /// One more who hears of changes. To be called before anything is raised.
    public void follow(AlarmNews follower) {
        followers.add(follower);
    }

    @Override
    public void raise(String source, Alarm.Severity severity, String text) {
        raise(source, null, severity, text);
    }

    /// The same about a device, whose applications hear of it too.
    public synchronized void raise(String source, @Nullable DeviceId device, Alarm.Severity severity, String text) {
        Instant now = now();
        Alarm before = alarms.get(source);
        if (before == null || !before.isActive()) {
            makeRoom(before == null);
            step(Alarm.first(source, device, severity, text, now), now, AlarmStep.Change.RAISED, "");
        } else if (before.severity() != severity) {
            step(before.again(severity, text, now), now, AlarmStep.Change.CHANGED, "");
        } else {
            keep(before.again(severity, text, now));
        }
    }

    @Override
    public void clear(String source) {
        clear(source, "");
    }

    private synchronized void clear(String source, String by) {
        Alarm before = alarms.get(source);
        if (before != null && before.isActive()) {
            Instant now = now();
            step(before.cleared(now), now, AlarmStep.Change.CLEARED, by);
        }
    }

    /// Its trouble is nobody's any more.
    public synchronized void deviceDeleted(DeviceId device) {
        List.copyOf(ofDevices.getOrDefault(device, Set.of())).forEach(this::clear);
    }

    /// A user says that the trouble is over. NOT_FOUND, VERSION_CONFLICT when it was. Blocks.
    public Alarm clearByHand(String source, String user) throws InterruptedException {
        active(source);
        clear(source, user);
        awaitKept();
        return get(source);
    }

    /// A user says that he knows. NOT_FOUND, VERSION_CONFLICT when the trouble is over. Blocks.
    public Alarm acknowledge(String source, String user) throws InterruptedException {
        synchronized (this) {
            step(active(source).acknowledged(user), now(), AlarmStep.Change.ACKNOWLEDGED, user);
        }
        awaitKept();
        return get(source);
    }

    /// NOT_FOUND.
    public synchronized Alarm get(String source) {
        return Optional.ofNullable(alarms.get(source))
                .orElseThrow(() -> new ProblemException(Problem.NOT_FOUND, "there is no alarm \"" + source + "\""));
    }

    /// The newest first.
    ///
    /// @param state null for all
    public synchronized Page<Alarm> list(Alarm.@Nullable State state, Page.Request page) {
        Optional<Alarm> after = page.cursor().map(AlarmCursor::read);
        List<Alarm> found = alarms.values().stream()
                .filter(alarm -> state == null || alarm.state() == state)
                .filter(alarm -> after.isEmpty() || NEWEST_FIRST.compare(alarm, after.get()) > 0)
                .sorted(NEWEST_FIRST)
                .limit(page.limit() + 1L)
                .toList();
        boolean more = found.size() > page.limit();
        List<Alarm> items = more ? found.subList(0, page.limit()) : found;
        return new Page<>(items, more ? AlarmCursor.write(items.getLast()) : null);
    }

    /// What became of the alarm, the newest first. NOT_FOUND. Blocks.
    public List<AlarmStep> history(String source, int most) throws InterruptedException {
        get(source);
        awaitKept();
        return store.history(source, most);
    }

    /// How many of this severity last.
    public synchronized long active(Alarm.Severity severity) {
        return alarms.values().stream()
                .filter(alarm -> alarm.isActive() && alarm.severity() == severity)
                .count();
    }

    /// Returns once everything that was raised and cleared before is where a crash leaves it.
    /// STORAGE_UNAVAILABLE. Blocks.
    public void awaitKept() throws InterruptedException {
        CompletableFuture<Void> kept;
        synchronized (this) {
            kept = writer.kept();
        }
        try {
            kept.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof ProblemException problem ? problem : new IllegalStateException(e);
        }
    }

    /// Tries again what the store did not take. To be called every second or so.
    public void flush() {
        writer.flush();
    }

    /// History that was not kept because the store took too long, since the start.
    public long stepsDropped() {
        return writer.dropped();
    }

    private Alarm active(String source) {
        Alarm alarm = get(source);
        if (!alarm.isActive()) {
            throw new ProblemException(Problem.VERSION_CONFLICT, "alarm \"" + source + "\" is over already");
        }
        return alarm;
    }

    private void step(Alarm alarm, Instant now, AlarmStep.Change change, String by) {
        put(alarm);
        writer.changed(alarm, AlarmStep.of(alarm, now, change, by));
        followers.forEach(follower -> follower.tell(alarm, change));
    }

    private void keep(Alarm alarm) {
        put(alarm);
        writer.changed(alarm, null);
    }

    private void put(Alarm alarm) {
        remove(alarm.source());
        alarms.put(alarm.source(), alarm);
        if (alarm.device() != null) {
            ofDevices.computeIfAbsent(alarm.device(), _ -> new HashSet<>()).add(alarm.source());
        }
    }

    private void remove(String source) {
        Alarm before = alarms.remove(source);
        if (before != null && before.device() != null) {
            ofDevices.computeIfPresent(before.device(), (_, sources) -> {
                sources.remove(source);
                return sources.isEmpty() ? null : sources;
            });
        }
    }

    private void makeRoom(boolean needed) {
        if (needed && alarms.size() >= limits.kept()) {
            Alarm victim = alarms.values().stream().min(LEAST_WANTED).orElseThrow();
            remove(victim.source());
            writer.dropped(victim.source());
        }
    }

    /// As exact as it is stored.
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
