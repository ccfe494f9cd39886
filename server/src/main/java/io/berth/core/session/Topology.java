package io.berth.core.session;

import io.berth.core.Page;
import io.berth.core.ProblemException;
import io.berth.core.device.DeviceDirectory;
import io.berth.core.device.DeviceId;
import io.berth.core.device.DeviceRef;
import io.berth.core.device.DeviceSnapshot;
import io.berth.core.device.TopologyStore;
import io.berth.core.device.TopologyStore.Linked;
import io.berth.core.message.Delivery;
import io.berth.core.message.Downlink;
import io.berth.core.message.Downlink.TopologyChanged.Change;
import io.berth.core.message.Events;
import io.berth.core.message.Fact;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Which devices stand behind which gateway, and what follows when that changes: sessions through the former
/// gateway end, gateways are told what the application did, and whoever follows topologies hears of it.
/// Blocking; any thread but an event loop.
public final class Topology {
    private final TopologyStore store;
    private final DeviceDirectory directory;
    private final Sessions sessions;
    private final Requests requests;
    private final Downlinks downlinks;
    private final Events events;
    private final int maxChildren;

    /// @param maxChildren of one gateway
    public Topology(
            TopologyStore store,
            DeviceDirectory directory,
            Sessions sessions,
            Requests requests,
            Downlinks downlinks,
            Events events,
            int maxChildren) {
        this.store = store;
        this.directory = directory;
        this.sessions = sessions;
        this.requests = requests;
        this.downlinks = downlinks;
        this.events = events;
        this.maxChildren = maxChildren;
    }

    /// Who changed it: a gateway that did so itself needs not be told.
    public enum By {
        GATEWAY,
        APPLICATION
    }

    public Optional<DeviceId> gatewayOf(DeviceId child) {
        return store.gatewayOf(child);
    }

    public Map<DeviceId, DeviceId> gatewaysOf(List<DeviceId> children) {
        return store.gatewaysOf(children);
    }

    public boolean isBehind(DeviceId gateway, DeviceId child) {
        return store.gatewayOf(child).filter(gateway::equals).isPresent();
    }

    public Page<DeviceId> children(DeviceId gateway, Page.Request page) {
        return store.children(gateway, page);
    }

    public long version(DeviceId gateway) {
        return store.version(gateway);
    }

    public List<TopologyStore.Change> changesSince(DeviceId gateway, long version) {
        return store.changesSince(gateway, version);
    }

    /// Puts devices behind a gateway, taking them from others. LIMIT_REACHED, DEVICE_NOT_FOUND,
    /// INVALID_ARGUMENT when the gateway is among them.
    public Linked link(DeviceId gateway, List<DeviceId> children, By by) {
        ProblemException.require(!children.contains(gateway), "a gateway does not stand behind itself");
        Linked linked = store.link(gateway, children, maxChildren);
        linked.changed().forEach(child -> endSession(child, gateway));
        linked.from().forEach((child, former) -> {
            announce(former, List.of(child), Change.REMOVED);
            tell(former, Change.REMOVED, List.of(child), store.version(former));
        });
        announce(gateway, linked.changed(), Change.ADDED);
        if (by == By.APPLICATION) {
            tell(gateway, Change.ADDED, linked.changed(), linked.version());
        }
        return linked;
    }

    /// Takes devices from behind a gateway and ends their sessions through it.
    public Linked unlink(DeviceId gateway, List<DeviceId> children, By by) {
        Linked unlinked = store.unlink(gateway, children);
        unlinked.changed().forEach(this::endSession);
        announce(gateway, unlinked.changed(), Change.REMOVED);
        if (by == By.APPLICATION) {
            tell(gateway, Change.REMOVED, unlinked.changed(), unlinked.version());
        }
        return unlinked;
    }

    /// Takes a device that is to be deleted out of the topology: from behind its gateway, and from before the
    /// devices behind it.
    public void leave(DeviceId device) {
        store.gatewayOf(device).ifPresent(gateway -> unlink(gateway, List.of(device), By.APPLICATION));
        Page.Request some = new Page.Request(null, Page.Request.MAX_LIMIT);
        List<DeviceId> children;
        do {
            children = store.children(device, some).items();
            if (!children.isEmpty()) {
                unlink(device, children, By.GATEWAY);
            }
        } while (children.size() == some.limit());
    }

    /// A device was enabled or disabled: the gateway it stands behind hears so, and whoever follows its
    /// topology.
    void fated(DeviceId child, Change change) {
        store.gatewayOf(child).ifPresent(gateway -> {
            tell(gateway, change, List.of(child), store.version(gateway));
            events.tell(gateway, null, new Fact.Children(change, List.of(child)));
        });
    }

    /// Tells a gateway, when it is online, what became of a device behind it.
    private void tell(DeviceId gateway, Change change, List<DeviceId> children, long version) {
        if (children.isEmpty() || !sessions.isAttached(gateway)) {
            return;
        }
        List<DeviceSnapshot> snapshots = new ArrayList<>();
        for (DeviceId child : children) {
            // the change itself is kept: a store that is away now only spares the gateway the news
            directory
                    .find(new DeviceRef.ById(child))
                    .exceptionally(_ -> Optional.empty())
                    .toCompletableFuture()
                    .join()
                    .ifPresent(snapshots::add);
        }
        downlinks.send(
                gateway,
                new Downlink.TopologyChanged(requests.nextId(), change, snapshots, version),
                Delivery.UNWATCHED);
    }

    private void endSession(DeviceId child) {
        Session session = sessions.find(child);
        if (session != null && session.gateway() != null) {
            session.link().close(CloseCause.UNLINKED);
        }
    }

    /// A session the child has through the gateway it stands behind now may stay.
    private void endSession(DeviceId child, DeviceId gateway) {
        Session session = sessions.find(child);
        if (session != null && session.gateway() != null && !gateway.equals(session.gateway())) {
            session.link().close(CloseCause.UNLINKED);
        }
    }

    private void announce(DeviceId gateway, List<DeviceId> children, Change change) {
        Fact fact = new Fact.Topology(change == Change.ADDED, gateway);
        children.forEach(child -> events.tell(child, null, fact));
        if (!children.isEmpty()) {
            events.tell(gateway, null, new Fact.Children(change, children));
        }
    }
}
