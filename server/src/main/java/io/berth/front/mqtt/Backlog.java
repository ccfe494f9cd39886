package io.berth.front.mqtt;

import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.device.DeviceId;
import io.berth.core.message.Delivery;
import io.berth.core.message.DeliveryState;
import io.berth.core.message.Letter;
import io.berth.core.session.CloseCause;
import io.berth.core.session.Messages;
import io.berth.core.session.SessionStore;
import io.berth.core.session.SessionStore.StoredMessage;
import io.berth.core.session.SessionStore.StoredSession;
import io.berth.core.session.Sessions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The QoS 1 messages of a lasting session. Each is stored before it is sent and removed when the device
/// confirmed it, so that a crash sends it once more rather than never. Sent in the order of their ids:
/// straight after storing while there is room and nothing lies between, else read back page by page when room
/// appears.
final class Backlog {
    private final MqttConnection connection;
    private final SessionStore store;
    private final Sessions sessions;
    private final Messages messages;
    private final DeviceId device;
    private final int limit;
    private final HashMap<Long, Delivery> deliveries = new HashMap<>(4);
    private final ArrayList<Long> confirmed = new ArrayList<>(2);
    private @Nullable Outbox outbox;
    private long lastSent;
    /// Messages up to this one may have reached the device over an earlier connection.
    private long sentBefore;

    private int storing;
    private boolean loading;
    /// The store may hold messages after `lastSent`; at first those that came between loading and attaching.
    private boolean more = true;

    private boolean over;

    Backlog(MqttConnection connection, MqttPlatform platform, DeviceId device, int limit) {
        this.connection = connection;
        this.store = platform.store();
        this.sessions = platform.sessions();
        this.messages = platform.messages();
        this.device = device;
        this.limit = limit;
    }

    /// Sends what the device had not confirmed when it left. Where nobody knows how much of it was sent (a
    /// crash, a take-over), it can be a window's worth at most: what was loaded.
    void resume(Outbox outbox, StoredSession stored) {
        this.outbox = outbox;
        List<StoredMessage> oldest = stored.messages();
        sentBefore =
                stored.lastSent().orElse(oldest.isEmpty() ? 0 : oldest.getLast().id());
        oldest.forEach(this::send);
        fill();
    }

    /// Someone else stored messages for the device.
    void lookAgain() {
        more = true;
        fill();
    }

    /// The newest message that was ever sent, over whichever connection.
    long lastSent() {
        return Math.max(lastSent, sentBefore);
    }

    void keep(Letter letter, Delivery delivery) {
        if (storing + deliveries.size() >= limit) {
            delivery.failed(Problem.OVERLOADED, "too many messages wait for the device to confirm others");
            return;
        }
        storing++;
        store.enqueue(device, letter, delivery.knownAs())
                .whenComplete((id, failure) -> connection.pulse().post(() -> {
                    storing--;
                    if (failure == null) {
                        stored(new StoredMessage(id, letter, delivery.knownAs()), delivery);
                    } else {
                        delivery.failed(problemOf(failure), "the message could not be stored");
                    }
                }));
    }

    private void stored(StoredMessage message, Delivery delivery) {
        if (over) {
            delivery.reached(DeliveryState.QUEUED);
            sessions.messagesKept(device);
            return;
        }
        if (outbox != null && message.id() <= lastSent) {
            // a page that was read meanwhile held it already
            outbox.follow(message.id(), delivery);
            return;
        }
        deliveries.put(message.id(), delivery);
        // where an id is missing, someone else may have stored an older message
        boolean next = message.id() == lastSent + 1 && !more && !loading;
        if (next && outbox != null && outbox.room() > 0) {
            send(message);
        } else {
            lookAgain();
        }
    }

    /// Reads on, when there is something to read and room to send it.
    void fill() {
        int room = outbox == null ? 0 : outbox.room();
        if (!more || loading || over || room <= 0) {
            return;
        }
        loading = true;
        more = false;
        store.messages(device, lastSent, room)
                .whenComplete((page, failure) -> connection.pulse().post(() -> {
                    loading = false;
                    if (failure != null) {
                        connection.close(CloseCause.INTERNAL_ERROR);
                    } else if (!over) {
                        sendPage(page, room);
                    }
                }));
    }

    private void sendPage(List<StoredMessage> page, int asked) {
        page.forEach(this::send);
        more |= page.size() == asked;
        fill();
    }

    private void send(StoredMessage message) {
        lastSent = message.id();
        Delivery watcher = deliveries.remove(message.id());
        Delivery delivery = watcher == null
                ? messages.resumed(device, message.knownAs(), message.letter().topic())
                : watcher;
        if (outbox == null || outbox.isTooLarge(message.letter())) {
            confirmed(message.id());
        } else {
            outbox.transmit(message.letter(), delivery, message.id(), message.id() <= sentBefore);
        }
    }

    void confirmed(long id) {
        confirmed.add(id);
    }

    /// Tells the store what was confirmed since the last call.
    void settle() {
        if (!confirmed.isEmpty()) {
            store.confirm(device, List.copyOf(confirmed));
            confirmed.clear();
        }
    }

    void abandon() {
        over = true;
        settle();
        deliveries.values().forEach(delivery -> delivery.reached(DeliveryState.QUEUED));
        deliveries.clear();
    }

    private static Problem problemOf(Throwable failure) {
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        return cause instanceof ProblemException problem ? problem.problem() : Problem.STORAGE_UNAVAILABLE;
    }
}
