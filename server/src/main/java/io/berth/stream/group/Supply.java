package io.berth.stream.group;

import io.berth.core.message.Event;
import io.berth.core.subscription.ConsumerGroup.Bounds;
import io.berth.core.subscription.CursorStore.Cursor;
import io.berth.core.subscription.CursorStore.Place;
import io.berth.core.subscription.Reader;
import io.berth.stream.DurableLog.Entry;
import io.berth.stream.DurableLog.Span;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/// What a reader is handed next: first what is at hand already, then what is new; never what its bounds have
/// given up. Under the lock of the run.
final class Supply {
    private final Bounds bounds;
    private final int window;
    private final List<Track> tracks;
    private final AtHand atHand;
    private final List<Grave> graves = new ArrayList<>();
    private int turn;
    private int room;
    private long cutoff;
    private long dropped;
    private long dead;

    /// An event to be buried.
    record Grave(Pending pending, Event event, String reason) {}

    /// What the bounds count.
    private enum Measure {
        EVENTS {
            @Override
            long waiting(Track track) {
                return track.unsettled() + track.backlog().size();
            }

            @Override
            long of(Pending pending) {
                return 1;
            }
        },
        OCTETS {
            @Override
            long waiting(Track track) {
                return track.unsettledOctets() + track.backlog().octets();
            }

            @Override
            long of(Pending pending) {
                return pending.octets;
            }
        };

        abstract long waiting(Track track);

        abstract long of(Pending pending);
    }

    Supply(Reader reader, List<Track> tracks, GroupsConfig config) {
        this.bounds = reader.bounds();
        this.window = config.window();
        this.tracks = List.copyOf(tracks);
        this.atHand = new AtHand(config.redelivery(), reader.inOrder());
    }

    List<Track> tracks() {
        return tracks;
    }

    long dropped() {
        return dropped;
    }

    long dead() {
        return dead;
    }

    /// How many selected events are not settled.
    long waiting() {
        return waiting(Measure.EVENTS);
    }

    /// The time of the oldest of them; the greatest number when there is none.
    long oldest() {
        long oldest = Long.MAX_VALUE;
        for (Track track : tracks) {
            oldest = Math.min(oldest, oldest(track));
        }
        return oldest;
    }

    /// Gives up what the bounds do not allow any more, as far as it is at hand.
    void keepBounds(long now) {
        cutoff = now - bounds.maxAge().toMillis();
        room = window;
        for (Track track : tracks) {
            dropped += track.passOver(cutoff) + track.lost();
            dropOlder(track, cutoff);
            room -= track.unsettled();
        }
        for (Measure measure : Measure.values()) {
            if (surplus(measure) > 0) {
                dropOldest(measure);
            }
        }
    }

    /// The next event that may be handed out now, null when none is at hand.
    @Nullable
    Pending next(long now) {
        Pending waiting = atHand.next(now);
        return waiting != null ? waiting : fresh();
    }

    /// Whether new events wait until some are settled.
    boolean isFull() {
        return room <= 0;
    }

    /// When the next event is due for another try; the greatest number when none is.
    long nextTry() {
        return atHand.nextTry();
    }

    /// A track whose next events must be read: for consumers that wait, or to give old ones up.
    @Nullable
    Track toRead(LogReads reads, boolean wanted) {
        boolean surplus = surplus(Measure.EVENTS) > 0 || surplus(Measure.OCTETS) > 0;
        for (int i = 0; i < tracks.size(); i++) {
            Track track = tracks.get((turn + i) % tracks.size());
            Span span = reads.span(track.partition);
            track.lostBefore(span.first());
            Backlog backlog = track.backlog();
            boolean givesUp = backlog.size() > 0 && (surplus || backlog.oldest() < cutoff);
            boolean takes = wanted && (room > 0 || track.readsAgain());
            if ((givesUp || takes) && track.needsReading(span.next())) {
                return track;
            }
        }
        return null;
    }

    /// What the log had for the track, when its end was `next`.
    void read(Track track, List<Entry> entries, long next) {
        for (Pending found : track.read(entries, next)) {
            if (atHand.admit(found)) {
                atHand.add(found);
            }
        }
    }

    /// It is done with; whether another one can go out for it.
    boolean settle(Pending pending) {
        boolean released = atHand.endTurn(pending);
        pending.track.settle(pending);
        return released;
    }

    /// Its consumer gave it back.
    void giveBack(Pending pending, long now) {
        atHand.tryAgain(pending, now, 0);
    }

    /// Its consumer failed with it, or said nothing in time; whether another one may go out for it.
    boolean fail(Pending pending, long now, String reason) {
        if (giveUp(pending, reason)) {
            return true;
        }
        atHand.tryAgain(pending, now, pending.attempts);
        return false;
    }

    /// Its consumer went away.
    void comeBack(Pending pending) {
        if (!giveUp(pending, "its consumer went away with it")) {
            pending.state = Pending.State.WAITING;
            atHand.add(pending);
        }
    }

    /// What is to be buried.
    List<Grave> graves() {
        return List.copyOf(graves);
    }

    void buried(List<Grave> done) {
        done.forEach(grave -> grave.pending().track.settle(grave.pending()));
        graves.removeAll(done);
    }

    /// Takes down where each partition stands that moved since it was taken down last.
    void stand(String reader, Map<Place, Cursor> into) {
        for (Track track : tracks) {
            if (track.isChanged()) {
                into.put(new Place(reader, track.partition), track.cursor());
            }
        }
    }

    /// What was taken down could not be kept, or is asked for whole.
    void forgetStand() {
        tracks.forEach(Track::change);
    }

    /// Nobody is there: holds no events any more.
    void rewind() {
        atHand.clear();
        tracks.forEach(Track::rewind);
    }

    /// Begins each track anew from the offset at its place.
    void restart(long[] from) {
        atHand.clear();
        for (Track track : tracks) {
            track.restart(from[track.partition]);
        }
    }

    private @Nullable Pending fresh() {
        for (int i = 0; i < tracks.size(); i++, turn = (turn + 1) % tracks.size()) {
            Pending taken = null;
            while (room > 0 && (taken = tracks.get(turn).take()) != null) {
                room--;
                if (atHand.admit(taken)) {
                    return taken;
                }
            }
        }
        return null;
    }

    /// Counts a failed attempt; whether it was the last one.
    private boolean giveUp(Pending pending, String reason) {
        pending.attempts++;
        pending.track.change();
        if (pending.attempts < bounds.maxAttempts()) {
            return false;
        }
        dead++;
        atHand.endTurn(pending);
        pending.state = Pending.State.DEAD;
        graves.add(new Grave(pending, pending.event(), reason));
        return true;
    }

    private long surplus(Measure measure) {
        return waiting(measure) - (measure == Measure.EVENTS ? bounds.maxEvents() : bounds.maxOctets());
    }

    private long waiting(Measure measure) {
        long waiting = 0;
        for (Track track : tracks) {
            waiting += measure.waiting(track);
        }
        return waiting;
    }

    /// Gives up the oldest of all tracks, until the bound is kept or the next one to go must be read first.
    private void dropOldest(Measure measure) {
        PriorityQueue<Rear> rears = new PriorityQueue<>(Comparator.comparingLong(Rear::time));
        tracks.forEach(track -> rears.add(new Rear(track)));
        Pending oldest;
        for (long surplus = surplus(measure); surplus > 0; surplus -= measure.of(oldest)) {
            Rear rear = rears.remove();
            oldest = rear.take();
            if (oldest == null) {
                return;
            }
            drop(oldest);
            rears.add(rear);
        }
    }

    /// Gives up events of the chain that are older than this.
    private void dropOlder(Track track, long than) {
        Pending next;
        for (Pending each = track.head(); each != null && each.time < than; each = next) {
            next = each.next;
            if (each.state == Pending.State.WAITING) {
                drop(each);
            }
        }
    }

    private void drop(Pending pending) {
        settle(pending);
        dropped++;
    }

    private static long oldest(Track track) {
        Pending head = track.head();
        if (head != null) {
            return head.time;
        }
        return track.backlog().size() > 0 ? track.backlog().oldest() : Long.MAX_VALUE;
    }
}
