package io.berth.stream.group;

import io.berth.stream.DurableLog.Entry;

/// How many events of a partition a reader selects and has not taken yet. Two hands count: the census, which
/// runs ahead, and the reader itself, which then needs no census. Under the lock of the run.
final class Backlog {
    /// Up to which offset events are counted.
    private long counted;

    private long size;

    /// How long they are together.
    private long octets;

    /// The time of the oldest of them, or of one before it.
    private long oldest;

    /// What the log dropped unread is known by its number alone: all that was counted is presumed lost, until
    /// counting once more up to the same offset finds what is still there.
    private long presumedLost;

    private long presumedUpTo;

    Backlog(long from) {
        this.counted = from;
    }

    long counted() {
        return counted;
    }

    long size() {
        return size;
    }

    long octets() {
        return octets;
    }

    long oldest() {
        return oldest;
    }

    /// The census met the next event.
    void count(Entry entry, boolean selected) {
        pass(entry.offset(), selected);
        if (selected) {
            octets += entry.event().octets();
            if (size++ == 0) {
                oldest = Track.millis(entry);
            }
        }
    }

    /// The census found nothing more before this offset.
    void countedUpTo(long offset) {
        counted = Math.max(counted, offset);
    }

    /// The reader took the next event, or passed it over.
    void take(Entry entry, boolean selected) {
        if (entry.offset() >= counted) {
            pass(entry.offset(), selected);
        } else if (selected) {
            size--;
            octets -= entry.event().octets();
        }
        oldest = Math.max(oldest, Track.millis(entry));
    }

    /// The next event is not older than this.
    void oldestIs(long time) {
        oldest = time;
    }

    /// Nothing is left before this offset.
    void readUpTo(long offset) {
        presumedLost += size;
        empty();
        counted = Math.max(counted, offset);
    }

    /// The log holds nothing before this offset any more.
    void lostBefore(long first) {
        presumedLost += size;
        presumedUpTo = Math.max(presumedUpTo, counted);
        empty();
        counted = first;
    }

    /// How many events are known to be lost, since this was asked last.
    long lost() {
        if (counted < presumedUpTo) {
            return 0;
        }
        long lost = presumedLost;
        presumedLost = 0;
        return lost;
    }

    private void empty() {
        size = 0;
        octets = 0;
    }

    private void pass(long offset, boolean selected) {
        if (selected && offset < presumedUpTo) {
            presumedLost--;
        }
        counted = offset + 1;
    }
}
