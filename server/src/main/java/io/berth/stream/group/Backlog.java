package io.berth.stream.group;

/// How many events of a partition a reader selects and has not taken yet. Two hands count: the census, which
/// runs ahead, and the reader itself, which then needs no census. Under the lock of the run.
final class Backlog {
    /// Up to which offset events are counted.
    private long counted;

    private long size;

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

    long oldest() {
        return oldest;
    }

    /// The census met the next event.
    void count(long offset, long time, boolean selected) {
        pass(offset, selected);
        if (selected && size++ == 0) {
            oldest = time;
        }
    }

    /// The census found nothing more before this offset.
    void countedUpTo(long offset) {
        counted = Math.max(counted, offset);
    }

    /// The reader took the next event, or passed it over.
    void take(long offset, long time, boolean selected) {
        if (offset >= counted) {
            pass(offset, selected);
        } else if (selected) {
            size--;
        }
        oldest = Math.max(oldest, time);
    }

    /// The next event is not older than this.
    void oldestIs(long time) {
        oldest = time;
    }

    /// Nothing is left before this offset.
    void readUpTo(long offset) {
        presumedLost += size;
        size = 0;
        counted = Math.max(counted, offset);
    }

    /// The log holds nothing before this offset any more.
    void lostBefore(long first) {
        presumedLost += size;
        presumedUpTo = Math.max(presumedUpTo, counted);
        size = 0;
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

    private void pass(long offset, boolean selected) {
        if (selected && offset < presumedUpTo) {
            presumedLost--;
        }
        counted = offset + 1;
    }
}
