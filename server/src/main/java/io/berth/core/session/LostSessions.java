package io.berth.core.session;

import io.berth.core.device.DeviceId;
import io.berth.core.device.DeviceStore;
import io.berth.core.device.DeviceStore.Presence;
import io.berth.core.message.BulkEvents;
import io.berth.core.message.Fact;
import java.util.List;

/// Says of the devices that were online when this node was killed that they are not any more: nobody lived to
/// say so then, and applications would believe for ever that they are. Blocking.
public final class LostSessions {
    /// Why such a session ended, beside the words of [CloseCause].
    static final String CAUSE = "node-lost";

    private static final int AT_ONCE = 10_000;

    private final DeviceStore store;
    private final BulkEvents events;

    public LostSessions(DeviceStore store, BulkEvents events) {
        this.store = store;
        this.events = events;
    }

    /// To be called before any device attaches. What cannot be told stays for the next start.
    public void tell() {
        List<Presence> lost = store.attached(AT_ONCE);
        while (!lost.isEmpty()
                && events.tell(lost.stream().map(LostSessions::told).toList())) {
            List<DeviceId> devices = lost.stream().map(Presence::id).toList();
            store.forgetAttached(devices).toCompletableFuture().join();
            lost = store.attached(AT_ONCE);
        }
    }

    private static BulkEvents.Told told(Presence lost) {
        return new BulkEvents.Told(lost.id(), new Fact.Status(false, CAUSE, lost.at(), lost.address()));
    }
}
