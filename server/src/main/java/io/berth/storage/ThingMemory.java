package io.berth.storage;

import io.berth.binary.ValueCodec.Out;
import io.berth.core.Payload;
import io.berth.core.device.DeviceId;
import io.berth.storage.RememberedThing.OpenChunk;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What was reported and is not in the tables yet, and the rows of things used lately. Entries stay bytes until
/// somebody asks: a report costs a look-up and a copy, whether or not its thing's row was read before.
///
/// Any thread; nothing here blocks or takes longer than a copy.
final class ThingMemory {
    /// Neighbours in the tables lie on one page: a fold in their order touches each page once.
    private static final Comparator<RememberedThing> BY_KEY = Comparator.comparing(
                    (RememberedThing thing) -> thing.device.product())
            .thenComparing(thing -> thing.device.name());

    private final int bound;
    private final Map<DeviceId, RememberedThing> things = new HashMap<>();
    private List<RememberedThing> changed = new ArrayList<>();
    private long pendingBytes;

    ThingMemory(int bound) {
        this.bound = bound;
    }

    /// What is in memory of one thing at one moment.
    ///
    /// @param row null when it was not read yet
    /// @param haunted whether the tables hold what does not count any more
    record Glimpse(@Nullable Payload row, Payload pending, boolean haunted) {
        static final Glimpse NOTHING = new Glimpse(null, Payload.EMPTY, false);
    }

    /// One thing on its way into the tables.
    record Unfolded(RememberedThing thing, Glimpse glimpse, long last, Optional<OpenChunk> open) {
        DeviceId device() {
            return thing.device;
        }
    }

    /// What the tables have of a thing after a fold: `taken` octets of what was pending are in the row now.
    record Folded(RememberedThing thing, Payload row, int taken, long last, Optional<OpenChunk> open) {}

    synchronized void remember(DeviceId device, long number, Out entry) {
        RememberedThing thing = things.computeIfAbsent(device, RememberedThing::new);
        if (number > thing.folded) {
            thing.pending.append(entry);
            pendingBytes += entry.size();
            thing.last = number;
            note(thing);
        }
    }

    /// Lets go of everything up to this number; the next fold empties the tables.
    synchronized void forget(DeviceId device, long number) {
        RememberedThing thing = things.computeIfAbsent(device, RememberedThing::new);
        if (number > thing.folded) {
            pendingBytes -= thing.pending.size();
            thing.pending.release();
            thing.row = ThingRow.NOTHING;
            thing.folded = number;
            thing.last = number;
            thing.haunted = true;
            thing.open = null;
            note(thing);
        }
    }

    /// Keeps a row that was read, unless memory is full of other things.
    synchronized void loaded(DeviceId device, Payload row, long folded) {
        RememberedThing thing = things.get(device);
        if (thing == null && things.size() < bound) {
            thing = new RememberedThing(device);
            things.put(device, thing);
        }
        if (thing != null && thing.row == null) {
            thing.row = row;
            thing.folded = folded;
        }
    }

    /// Begins with the row of a thing whose entries are about to be replayed.
    synchronized void restore(DeviceId device, Payload row, long folded) {
        RememberedThing thing = things.computeIfAbsent(device, RememberedThing::new);
        thing.row = row;
        thing.folded = folded;
    }

    synchronized boolean knows(DeviceId device) {
        return things.containsKey(device);
    }

    synchronized Glimpse glimpse(DeviceId device) {
        RememberedThing thing = things.get(device);
        return thing == null ? Glimpse.NOTHING : glimpse(thing);
    }

    /// The things a fold has to look at, in the order of their rows.
    synchronized List<RememberedThing> takeChanged() {
        List<RememberedThing> taken = changed;
        changed = new ArrayList<>();
        taken.sort(BY_KEY);
        return taken;
    }

    /// Things a fold did not come to.
    synchronized void putBack(List<RememberedThing> taken) {
        changed.addAll(taken);
    }

    synchronized List<Unfolded> unfolded(List<RememberedThing> slice) {
        return slice.stream()
                .map(thing -> new Unfolded(thing, glimpse(thing), thing.last, Optional.ofNullable(thing.open)))
                .toList();
    }

    synchronized void folded(List<Folded> slice) {
        for (Folded each : slice) {
            committed(each);
            RememberedThing thing = each.thing();
            thing.changed = false;
            if (thing.pending.size() > 0) {
                note(thing);
            }
        }
    }

    /// The tables have this, unless the thing was forgotten since.
    synchronized void committed(Folded fold) {
        RememberedThing thing = fold.thing();
        if (fold.last() >= thing.folded) {
            thing.row = fold.row();
            thing.folded = fold.last();
            thing.open = fold.open().orElse(null);
            thing.haunted = false;
            thing.pending.drop(fold.taken());
            pendingBytes -= fold.taken();
        }
    }

    /// Lets things go that the tables know as well, until no more than the bound stay.
    synchronized void evict() {
        Iterator<RememberedThing> each = things.values().iterator();
        for (int surplus = things.size() - bound; surplus > 0 && each.hasNext(); ) {
            if (!each.next().changed) {
                each.remove();
                surplus--;
            }
        }
    }

    /// Octets that wait for a fold.
    synchronized long pendingBytes() {
        return pendingBytes;
    }

    synchronized int size() {
        return things.size();
    }

    private void note(RememberedThing thing) {
        if (!thing.changed) {
            thing.changed = true;
            changed.add(thing);
        }
    }

    private static Glimpse glimpse(RememberedThing thing) {
        return new Glimpse(thing.row, thing.pending.toPayload(), thing.haunted);
    }
}
