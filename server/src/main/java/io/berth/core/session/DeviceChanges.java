package io.berth.core.session;

import io.berth.core.device.Device;
import io.berth.core.device.DeviceId;
import io.berth.core.device.Devices;
import io.berth.core.device.FormerDevices;
import io.berth.core.message.BulkEvents;
import io.berth.core.message.Downlink.Notice.Fate;
import io.berth.core.message.Event;
import io.berth.core.message.Events;
import io.berth.core.message.Fact;
import io.berth.core.state.Things;
import java.util.List;
import java.util.function.Consumer;

/// What follows when the registry changes a device: memory forgets it, its session ends when it lost the
/// right to one, one that is deleted leaves its gateway and its state, and whoever follows lifecycles hears of
/// it.
public final class DeviceChanges implements Devices.ChangeListener, Sessions.PresenceListener {
    private final FormerDevices directory;
    private final Sessions sessions;
    private final Notices notices;
    private final Things things;
    private final Events events;
    private volatile Consumer<DeviceId> others = _ -> {};

    public DeviceChanges(FormerDevices directory, Sessions sessions, Notices notices, Things things, Events events) {
        this.directory = directory;
        this.sessions = sessions;
        this.notices = notices;
        this.things = things;
        this.events = events;
    }

    /// Who else keeps something of devices, and hears of each that was deleted. To be called before any device
    /// attaches.
    public void follow(Consumer<DeviceId> forgetting) {
        others = forgetting;
    }

    @Override
    public void deviceLeaves(DeviceId id) {
        directory.leaves(id);
        notices.leaves(id);
    }

    @Override
    public void deviceChanged(Device device, Devices.Change change) {
        DeviceId id = device.id();
        directory.forget(id);
        switch (change) {
            case CREATED, UPDATED -> {}
            case ENABLED -> notices.enabled(id);
            case DISABLED -> notices.end(id, Fate.DISABLED, CloseCause.DEVICE_DISABLED);
            case RESET -> {
                sessions.reset(id);
                close(id, CloseCause.DEVICE_RESET);
            }
            case DELETED -> {
                notices.end(id, Fate.DELETED, CloseCause.DEVICE_DELETED);
                things.forget(id);
                others.accept(id);
            }
        }
        events.tell(id, null, fact(device, told(change)));
    }

    @Override
    public void devicesImported(List<Device> devices) {
        List<BulkEvents.Told> wanted = devices.stream()
                .filter(device -> events.wants(device.id(), Event.Kind.LIFECYCLE))
                .map(device -> new BulkEvents.Told(device.id(), fact(device, Fact.Lifecycle.Change.CREATED)))
                .toList();
        // the devices are there, told or not
        var _ = new BulkEvents(events).tell(wanted);
    }

    private static Fact fact(Device device, Fact.Lifecycle.Change change) {
        return new Fact.Lifecycle(change, device.alias(), device.nodeId());
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

    private static Fact.Lifecycle.Change told(Devices.Change change) {
        return switch (change) {
            case CREATED -> Fact.Lifecycle.Change.CREATED;
            case UPDATED -> Fact.Lifecycle.Change.UPDATED;
            case ENABLED -> Fact.Lifecycle.Change.ENABLED;
            case DISABLED -> Fact.Lifecycle.Change.DISABLED;
            case RESET -> Fact.Lifecycle.Change.RESET;
            case DELETED -> Fact.Lifecycle.Change.DELETED;
        };
    }

    private void close(DeviceId id, CloseCause cause) {
        Session session = sessions.find(id);
        if (session != null) {
            session.link().close(cause);
        }
    }
}
