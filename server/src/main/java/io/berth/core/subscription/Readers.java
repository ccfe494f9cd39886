package io.berth.core.subscription;

import io.berth.core.message.Event;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The readers of the event log, and how far each has come. Blocking; any thread.
public interface Readers {
    /// Lets it read: from now on what it selects is kept for it. Goes on where it stood, when it
    /// read before; one that reads already ends, and its consumers with it.
    void begin(Reader reader);

    /// Lets it read something else from where it stands; its consumers stay, for what a client's link that is
    /// closed does is up to the client. NOT_FOUND when there is no such reader.
    void select(String id, Selection selection);

    /// Ends its consumers and forgets where it stood; nothing when there is no such reader.
    void end(String id);

    /// Lets it read again from the first event that is not older than this; NOT_FOUND when there is no such
    /// reader. The log may not go back that far, and the reader's own bounds hold.
    void reset(String id, Instant from);

    /// NOT_FOUND when there is no such reader.
    Progress progress(String id);

    /// The events it was handed too often, the newest first.
    List<Dead> dead(String id, int most);

    /// How far a reader has come. The counts that only grow begin at the start of the server.
    ///
    /// @param waiting events not settled; those not handed out yet are counted anew every second
    /// @param oldest the time of the oldest of them, null when none waits
    /// @param dropped given up because its bounds of age or number were reached, or the log let them go
    /// @param dead given up because nobody accepted them
    /// @param lastAccepted when a consumer accepted one last, null when none did
    record Progress(
            long waiting,
            @Nullable Instant oldest,
            long delivered,
            long redelivered,
            long dropped,
            long dead,
            @Nullable Instant lastAccepted,
            List<Attendance> consumers) {
        public Progress {
            consumers = List.copyOf(consumers);
        }
    }

    /// A consumer that is there.
    ///
    /// @param unsettled what it was handed and has not settled
    record Attendance(Peer peer, Instant since, int unsettled, Pace pace) {}

    /// Who a consumer is.
    ///
    /// @param client what it calls itself
    /// @param address from where, empty when it is a part of the server
    record Peer(String client, String address) {
        @Override
        public String toString() {
            return address.isEmpty() ? client : client + " of " + address;
        }
    }

    /// What a consumer accepted within the last minute.
    ///
    /// @param live events that it was handed as they came
    /// @param late events that had waited
    record Pace(int live, int late) {}

    /// An event that was given up.
    record Dead(Event event, int attempts, String reason) {}
}
