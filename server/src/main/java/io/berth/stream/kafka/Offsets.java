package io.berth.stream.kafka;

/// An event's offset in the log: the number of its record in Kafka's partition, then its place in that record.
final class Offsets {
    private static final int PLACE_BITS = 12;

    /// More do not find a place in one record.
    static final int MOST_EVENTS = 1 << PLACE_BITS;

    private Offsets() {}

    /// The offset of the first event in a record.
    static long first(long record) {
        return record << PLACE_BITS;
    }

    /// The record that holds the event at this offset, if any does.
    static long record(long offset) {
        return offset >>> PLACE_BITS;
    }

    /// The first record whose events are all at this offset or beyond.
    static long recordFrom(long offset) {
        return record(offset) + ((offset & (MOST_EVENTS - 1)) == 0 ? 0 : 1);
    }
}
