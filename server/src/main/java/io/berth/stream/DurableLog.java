package io.berth.stream;

import io.berth.core.Completion;
import io.berth.core.message.Event;
import java.time.Instant;
import java.util.List;

/// Events kept for good, in partitions. The events of one device stay in order in one partition; within a
/// partition each has an offset, which grows, and may leave gaps.
///
/// Any thread. What is said to block does so for a look into the store, not for events to come.
public interface DurableLog extends AutoCloseable {
    int partitions();

    /// Never blocks. The completion fires once the event survives a crash of this process and of the machine,
    /// or cannot be kept: OVERLOADED when too many wait, STORAGE_UNAVAILABLE when the store does not take it.
    void append(Event event, Completion completion);

    /// What a partition holds: events from `first` on, and the next one will be `next` or greater.
    record Span(long first, long next) {}

    /// Never waits for the store: readers ask with their lock in hand, and whoever settles an event needs
    /// that lock.
    Span span(int partition);

    /// An event and where it stands.
    record Entry(long offset, Event event) {}

    /// The entries from this offset on that are there now: the oldest first, some thousands at most, empty at
    /// the end. Events that retention dropped are passed over. Blocks.
    List<Entry> read(int partition, long from);

    /// Where events begin that are not older than this; the end when none is. Blocks.
    long offsetAt(int partition, Instant time);

    /// Hears that a partition has more entries, on the log's own thread: must not block. To be called before
    /// the first append.
    void follow(Listener listener);

    /// What can be read off the log at any moment; the counts begin at its start.
    ///
    /// @param appended events kept
    /// @param waitingBytes octets of events that wait to be kept
    /// @param failures attempts to keep events that failed
    /// @param isWritable whether events are kept at the moment
    record Counts(long appended, long waitingBytes, long failures, boolean isWritable) {}

    Counts counts();

    @FunctionalInterface
    interface Listener {
        void appended(int partition);
    }

    /// Finishes what waits already.
    @Override
    void close();
}
