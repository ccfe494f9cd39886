package io.berth.core.session;

import io.berth.core.Completion;
import io.berth.core.Payload;
import io.berth.core.device.DeviceDirectory;
import io.berth.core.device.DeviceId;
import io.berth.core.device.Devices;
import io.berth.core.message.Downlink.Notice.Fate;
import io.berth.core.message.Event;
import io.berth.core.message.EventLog;
import io.berth.core.message.Qos;
import io.berth.core.state.Things;
import java.time.InstantSource;
import java.util.Locale;

/// What follows when the registry changes a device: memory forgets it, its session ends when it lost the
/// right to one, one that is deleted leaves its gateway and its state, and whoever follows lifecycles hears of
/// it.
public final class DeviceChanges implements Devices.ChangeListener, Sessions.PresenceListener {
    private final DeviceDirectory directory;
    private final Sessions sessions;
    private final Notices notices;
    private final Things things;
    private final EventLog log;
    private final InstantSource clock;

    public DeviceChanges(
            DeviceDirectory directory,
            Sessions sessions,
            Notices notices,
            Things things,
            EventLog log,
            InstantSource clock) {
        this.directory = directory;
        this.sessions = sessions;
        this.notices = notices;
        this.things = things;
        this.log = log;
        this.clock = clock;
    }

    @Override
    public void deviceLeaves(DeviceId id) {
        notices.leaves(id);
    }

    @Override
    public void deviceChanged(DeviceId id, Devices.Change change) {
        directory.forget(id);
        switch (change) {
            case CREATED -> {}
            case ENABLED -> notices.enabled(id);
            case DISABLED -> notices.end(id, Fate.DISABLED, CloseCause.DEVICE_DISABLED);
            case RESET -> close(id, CloseCause.DEVICE_RESET);
            case DELETED -> {
                notices.end(id, Fate.DELETED, CloseCause.DEVICE_DELETED);
                things.forget(id);
            }
        }
        if (log.wants(id, Event.Kind.LIFECYCLE)) {
            Payload payload = Payload.of("{\"change\":\"" + change.name().toLowerCase(Locale.ROOT) + "\"}");
            log.append(
                    new Event(clock.instant(), id, null, Event.Kind.LIFECYCLE, null, Qos.AT_LEAST_ONCE, payload),
                    Completion.IGNORED);
        }
    }

    @Override
    public void seen(Session session) {}

    /// What a deleted device reported before it heard of it is forgotten too: forgetting may block, and this
    /// runs on the session's event loop.
    @Override
    public void ended(Session session, CloseCause cause) {
        if (cause == CloseCause.DEVICE_DELETED) {
            Thread.ofVirtual().name("forgetting").start(() -> things.forget(session.device()));
        }
    }

    private void close(DeviceId id, CloseCause cause) {
        Session session = sessions.find(id);
        if (session != null) {
            session.link().close(cause);
        }
    }
}
