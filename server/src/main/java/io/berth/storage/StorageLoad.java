package io.berth.storage;

/// What the stores have in hand, and what they let go: read off at any moment, by any thread.
public final class StorageLoad {
    private final Database database;
    private final CachedDeviceDirectory directory;
    private final SqlRefusalStore refusals;
    private final PresenceWriter presence;
    private final SqlThingStore things;

    StorageLoad(
            Database database,
            CachedDeviceDirectory directory,
            SqlRefusalStore refusals,
            PresenceWriter presence,
            SqlThingStore things) {
        this.database = database;
        this.directory = directory;
        this.refusals = refusals;
        this.presence = presence;
        this.things = things;
    }

    /// Writes that wait for a writer.
    public int writesWaiting() {
        return database.waiting();
    }

    /// Lookups of devices that wait for the database.
    public int lookupsWaiting() {
        return directory.waiting();
    }

    /// Devices in memory.
    public long devicesCached() {
        return directory.size();
    }

    /// Refusals not kept, since the start.
    public long refusalsDropped() {
        return refusals.dropped();
    }

    /// Presence not kept, since the start.
    public long presencesDropped() {
        return presence.dropped();
    }

    /// Octets of reports that wait for their commit.
    public int reportsWaitingBytes() {
        return things.waitingBytes();
    }

    /// Octets of reports the journal has and the tables of things do not have yet.
    public long reportsUnfoldedBytes() {
        return things.pendingBytes();
    }

    /// Things whose state is in memory.
    public int thingsRemembered() {
        return things.remembered();
    }

    /// Points not kept because they were older than the history goes back, since the start.
    public long pointsDropped() {
        return things.pointsTooOld();
    }
}
