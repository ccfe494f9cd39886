package io.berth.stream.group;

import io.berth.core.message.Event;
import io.berth.core.subscription.CursorStore.Cursor;
import io.berth.core.subscription.Selection;
import io.berth.stream.DurableLog.Entry;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A reader's way through one partition: how far it took events, and a chain, in their order, of those not
/// settled. Under the lock of the run.
final class Track {
    final int partition;
    private Selection selection;

    /// The next offset to take.
    private long position;

    /// Up to where the log had nothing more when it was last asked.
    private long drained;

    private List<Entry> batch = List.of();
    private int taken;
    private Backlog backlog;
    private @Nullable Pending head;
    private @Nullable Pending tail;
    private int unsettled;
    private long unsettledOctets;
    private long lost;
    private boolean changed;

    /// Links of the chain whose events are to be read again before any new one.
    private final Deque<Pending> again = new ArrayDeque<>();

    Track(int partition, Selection selection, long from) {
        this.partition = partition;
        this.selection = selection;
        this.position = from;
        this.backlog = new Backlog(from);
        this.changed = true; // a reader begins once: not anew with each start until its first event
    }

    Track(int partition, Selection selection, Cursor cursor) {
        this(partition, selection, CursorForm.position(cursor));
        CursorForm.pending(cursor, this).forEach(this::link);
        rewind();
        changed = false;
    }

    Cursor cursor() {
        changed = false;
        return CursorForm.write(position, head);
    }

    boolean isChanged() {
        return changed;
    }

    void change() {
        changed = true;
    }

    @Nullable
    Pending head() {
        return head;
    }

    int unsettled() {
        return unsettled;
    }

    /// How long they are together; what was not read again after a restart counts as nothing.
    long unsettledOctets() {
        return unsettledOctets;
    }

    Backlog backlog() {
        return backlog;
    }

    /// How many events the log let go before they were settled, since this was asked last.
    long lost() {
        long now = lost + backlog.lost();
        lost = 0;
        return now;
    }

    /// Whether the log is to be asked before the next event can be taken.
    boolean needsReading(long next) {
        return !again.isEmpty() || (taken == batch.size() && next > Math.max(position, drained));
    }

    /// Whether it has to read what is not settled once more.
    boolean readsAgain() {
        return !again.isEmpty();
    }

    /// From where to read.
    long from() {
        return again.isEmpty() ? position : again.getFirst().offset;
    }

    /// What the log had from [#from()] on when its end was `next`; the events that were read again.
    List<Pending> read(List<Entry> entries, long next) {
        if (!again.isEmpty()) {
            return found(entries);
        }
        batch = entries;
        taken = 0;
        while (taken < batch.size() && batch.get(taken).offset() < position) {
            taken++; // the log let them go while they were read
        }
        if (entries.isEmpty()) {
            drained = next;
            backlog.readUpTo(next);
        }
        return List.of();
    }

    /// The next selected event, as a link of the chain; null when the batch has none.
    @Nullable
    Pending take() {
        while (again.isEmpty() && taken < batch.size()) {
            Entry entry = batch.get(taken);
            if (pass(entry)) {
                Event event = entry.event();
                Pending pending = new Pending(this, entry.offset(), millis(entry), 0, event);
                link(pending);
                return pending;
            }
        }
        return null;
    }

    /// Passes over what is not selected in the batch: the backlog then knows how old the next event is.
    void seek() {
        while (again.isEmpty() && taken < batch.size()) {
            Entry entry = batch.get(taken);
            if (selection.matches(entry.event())) {
                backlog.oldestIs(millis(entry));
                break;
            }
            pass(entry);
        }
    }

    /// Passes over what is older than this in the batch; how many of it were selected.
    int passOver(long cutoff) {
        int dropped = 0;
        while (again.isEmpty() && taken < batch.size()) {
            Entry entry = batch.get(taken);
            if (millis(entry) >= cutoff) {
                backlog.oldestIs(millis(entry));
                break;
            }
            dropped += pass(entry) ? 1 : 0;
        }
        return dropped;
    }

    void settle(Pending pending) {
        if (pending.state == Pending.State.SETTLED) {
            return;
        }
        pending.state = Pending.State.SETTLED;
        pending.event = null;
        if (pending.previous == null) {
            head = pending.next;
        } else {
            pending.previous.next = pending.next;
        }
        if (pending.next == null) {
            tail = pending.previous;
        } else {
            pending.next.previous = pending.previous;
        }
        unsettled--;
        unsettledOctets -= pending.octets;
        changed = true;
    }

    /// Holds no events any more but the dead: the others are read again when they are needed.
    void rewind() {
        batch = List.of();
        taken = 0;
        again.clear();
        for (Pending pending = head; pending != null; pending = pending.next) {
            if (pending.state == Pending.State.WAITING) {
                pending.event = null;
                pending.hasTurn = false;
                again.add(pending);
            }
        }
    }

    /// Chooses other events from here on, which are counted anew.
    void select(Selection other) {
        lost += backlog.lost();
        selection = other;
        backlog = new Backlog(position);
    }

    /// Begins anew from here; what was not settled is forgotten.
    void restart(long from) {
        for (Pending pending = head; pending != null; pending = head) {
            settle(pending);
        }
        rewind();
        position = from;
        drained = 0;
        backlog = new Backlog(from);
        changed = true;
    }

    /// The log holds nothing before this offset any more.
    void lostBefore(long first) {
        while (!again.isEmpty() && again.getFirst().offset < first) {
            lose(again.removeFirst());
        }
        if (position < first && taken == batch.size()) {
            position = first;
            backlog.lostBefore(first);
            changed = true;
        }
    }

    /// What the census met; what was counted before is passed over.
    void count(List<Entry> entries) {
        if (entries.getLast().offset() < backlog.counted()) {
            return;
        }
        for (Entry entry : entries) {
            if (entry.offset() >= backlog.counted()) {
                backlog.count(entry, selection.matches(entry.event()));
            }
        }
    }

    private List<Pending> found(List<Entry> entries) {
        List<Pending> found = new ArrayList<>();
        long last = entries.isEmpty() ? Long.MAX_VALUE : entries.getLast().offset();
        int at = 0;
        while (!again.isEmpty() && again.getFirst().offset <= last) {
            Pending pending = again.removeFirst();
            while (at < entries.size() && entries.get(at).offset() < pending.offset) {
                at++;
            }
            if (at == entries.size() || entries.get(at).offset() != pending.offset) {
                lose(pending);
            } else if (pending.state == Pending.State.WAITING) {
                unsettledOctets -= pending.octets;
                pending.found(entries.get(at).event());
                unsettledOctets += pending.octets;
                found.add(pending);
            }
        }
        return found;
    }

    private void lose(Pending pending) {
        if (pending.state == Pending.State.WAITING) {
            settle(pending);
            lost++;
        }
    }

    private boolean pass(Entry entry) {
        boolean selected = selection.matches(entry.event());
        taken++;
        position = entry.offset() + 1;
        backlog.take(entry, selected);
        changed = true;
        return selected;
    }

    private void link(Pending pending) {
        pending.previous = tail;
        if (tail == null) {
            head = pending;
        } else {
            tail.next = pending;
        }
        tail = pending;
        unsettled++;
        unsettledOctets += pending.octets;
    }

    static long millis(Entry entry) {
        return entry.event().time().toEpochMilli();
    }
}
