package io.berth.core.call;

import io.berth.core.ProblemException;
import io.berth.core.Value;
import io.berth.core.device.DeviceId;
import io.berth.core.session.CloseCause;
import io.berth.core.session.Session;
import io.berth.core.session.Sessions;
import io.berth.core.session.Uplinks;
import io.berth.core.state.Facts;
import io.berth.core.state.ThingState;
import io.berth.core.state.Things;
import io.berth.core.thing.Sample;
import io.berth.core.thing.ThingModel;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// What applications want of things, and how it gets there: a new wish is sent at once to a device that is
/// online. Devices of some dialects expect to be told again when they connect and when they report something
/// else (spec huawei-iotda 3.2); those of others ask themselves. Blocking but for what it hears of sessions
/// and reports.
public final class Wishes implements Sessions.PresenceListener, Uplinks.ReportListener {
    /// A device that does not do what it is told is not told more often.
    private static final Duration AGAIN_AFTER = Duration.ofSeconds(10);

    private final Things things;
    private final Sessions sessions;
    private final Calls calls;
    private final Set<String> tellingAgain;
    private final InstantSource clock;
    private final DeviceRuns runs = new DeviceRuns("wishes", this::tellAgain);
    /// Written by the runs only.
    private final ConcurrentHashMap<DeviceId, Watched> watched = new ConcurrentHashMap<>();

    /// @param tellingAgain the names of the dialects whose devices are told again
    public Wishes(Things things, Sessions sessions, Calls calls, Set<String> tellingAgain, InstantSource clock) {
        this.things = things;
        this.sessions = sessions;
        this.calls = calls;
        this.tellingAgain = Set.copyOf(tellingAgain);
        this.clock = clock;
    }

    /// A device that is told again, while something is wanted of it.
    ///
    /// @param pending whether some of what is wanted is not so yet
    /// @param heldBack whether it is to be told as soon as it may be
    /// @param told when it was told last, null while it never was
    /// @param versions of the wishes it was told
    private record Watched(
            Value.Fields wanted,
            boolean pending,
            boolean heldBack,
            @Nullable Instant told,
            Map<String, Long> versions) {
        static final Watched NEVER = new Watched(Value.Fields.NONE, false, false, null, Map.of());

        Watched told(Value.Fields all, Instant now, Map<String, Long> versions) {
            return new Watched(all, true, false, now, versions);
        }

        Watched untold(Value.Fields all, boolean pending) {
            return new Watched(all, pending, pending, told, versions);
        }

        boolean isRested(Instant now) {
            return told == null || !now.isBefore(told.plus(AGAIN_AFTER));
        }

        /// Whether the device should hear of its wishes after it said this.
        boolean isUpsetBy(Facts facts) {
            if (pending) {
                return true;
            }
            for (Sample sample : facts.samples()) {
                Value wish = wanted.fields().get(sample.key());
                if (wish != null && !wish.equals(sample.value())) {
                    return true;
                }
            }
            return false;
        }
    }

    /// Wants these values of the device from now on, by key. DEVICE_NOT_FOUND; VALUE_INVALID;
    /// VERSION_CONFLICT when the module is expected to have another version. A device that cannot be told now
    /// is no failure.
    public ThingState want(DeviceId device, Value.Fields values, Things.@Nullable ModuleVersion expected)
            throws InterruptedException {
        return told(device, values, things.want(device, model(device), values, expected))
                .state();
    }

    /// What is wanted now, and what the device was told of it.
    ///
    /// @param requestId what the message is called on the wire, null when none went out
    public record Told(ThingState state, @Nullable String requestId) {}

    /// The same when the wishes named are expected to have these versions.
    public Told wantAt(DeviceId device, Value.Fields values, Map<String, Long> expected) throws InterruptedException {
        return told(device, values, things.wantAt(device, model(device), values, expected));
    }

    /// Changes what is wanted of several modules at once, as [Things#revise] does.
    public ThingState revise(DeviceId device, List<Things.Revision> revisions) throws InterruptedException {
        ThingState state = things.revise(device, model(device), revisions);
        SequencedMap<String, Value> values = new LinkedHashMap<>();
        for (Things.Revision revision : revisions) {
            revision.values().fields().forEach((key, value) -> {
                if (value != Value.Nothing.NOTHING) {
                    values.put(key, value);
                }
            });
        }
        return told(device, new Value.Fields(values), state).state();
    }

    private ThingModel model(DeviceId device) throws InterruptedException {
        return calls.known(device).product().model();
    }

    private Told told(DeviceId device, Value.Fields values, ThingState state) {
        Session session = sessions.hearing(device);
        if (session != null && tellingAgain.contains(session.dialect())) {
            runs.ask(device).exceptionally(_ -> null).join(); // the wish is kept, and it is told when it can be
        } else if (session != null && !values.isEmpty()) {
            // whatever it has now (spec aliyun-device 5.3)
            return new Told(state, tell(device, values));
        }
        return new Told(state, null);
    }

    /// Wants these no more. DEVICE_NOT_FOUND.
    public ThingState forget(DeviceId device, List<Things.Wish> wishes) throws InterruptedException {
        calls.known(device);
        return things.forgetWishes(device, wishes);
    }

    /// DEVICE_NOT_FOUND.
    public ThingState state(DeviceId device) throws InterruptedException {
        calls.known(device);
        return things.state(device);
    }

    @Override
    public void seen(Session session) {
        if (tellingAgain.contains(session.dialect())) {
            var _ = runs.ask(session.device());
        }
    }

    @Override
    public void ended(Session session, CloseCause cause) {
        // remembered for a while, so that a device that connects again and again is not told each time
    }

    @Override
    public void reported(Session session, List<Facts> parts) {
        for (Facts part : parts) {
            Watched known = watched.get(part.device());
            if (known != null && known.isUpsetBy(part)) {
                var _ = runs.ask(part.device());
            }
        }
    }

    /// Tells devices what was held back because they had been told a moment before, and forgets those that
    /// went. To be called every second or so.
    public void tellHeldBack() {
        Instant now = clock.instant();
        watched.forEach((device, known) -> {
            if (known.isRested(now) && (known.heldBack() || !sessions.isAttached(device))) {
                var _ = runs.ask(device);
            }
        });
    }

    private void tellAgain(DeviceId device) {
        Session session = sessions.hearing(device);
        ThingState state = things.state(device);
        Value.Fields wanted = wanted(state);
        if (session == null || wanted.isEmpty()) {
            watched.remove(device);
            return;
        }
        Instant now = clock.instant();
        Value.Fields pending = state.pending();
        Watched known = watched.getOrDefault(device, Watched.NEVER);
        if (!pending.isEmpty() && (known.isRested(now) || !known.versions().equals(state.versions()))) {
            watched.put(device, known.told(wanted, now, state.versions()));
            var _ = tell(device, pending);
        } else {
            watched.put(device, known.untold(wanted, !pending.isEmpty()));
        }
    }

    /// What the message is called on the wire; null when none went out.
    private @Nullable String tell(DeviceId device, Value.Fields values) {
        try {
            return calls.call(Wanted.set(device, values)).requestId();
        } catch (ProblemException _) {
            // it went away or has another model now: the wish stays, and whoever looks at the state sees it pending
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return null;
    }

    private static Value.Fields wanted(ThingState state) {
        SequencedMap<String, Value> wanted = new LinkedHashMap<>();
        state.desired().forEach((key, wish) -> {
            if (!wish.isDeleted()) {
                wanted.put(key, wish.value());
            }
        });
        return new Value.Fields(wanted);
    }
}
