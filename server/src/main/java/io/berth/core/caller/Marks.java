package io.berth.core.caller;

/// A set of 64-bit digests in 12 to 24 bytes each: there may be millions of them.
final class Marks {
    private static final int FIRST_CAPACITY = 1 << 10;

    /// Open addressing; its length is a power of two, and zero is an empty place.
    private long[] places = new long[FIRST_CAPACITY];

    private int size;

    int size() {
        return size;
    }

    boolean contains(long mark) {
        return places[place(places, filled(mark))] != 0;
    }

    void add(long mark) {
        if (3L * size >= 2L * places.length) {
            grow();
        }
        int place = place(places, filled(mark));
        if (places[place] == 0) {
            places[place] = filled(mark);
            size++;
        }
    }

    private void grow() {
        long[] larger = new long[2 * places.length];
        for (long mark : places) {
            if (mark != 0) {
                larger[place(larger, mark)] = mark;
            }
        }
        places = larger;
    }

    /// Where the mark is, or would be.
    private static int place(long[] places, long mark) {
        int place = (int) mark & (places.length - 1);
        while (places[place] != 0 && places[place] != mark) {
            place = (place + 1) & (places.length - 1);
        }
        return place;
    }

    /// One digest in 2^64 shares the place of another.
    private static long filled(long mark) {
        return mark == 0 ? 1 : mark;
    }
}
