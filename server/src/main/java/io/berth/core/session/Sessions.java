package io.berth.core.session;

import io.berth.core.Completion;
import io.berth.core.Payload;
import io.berth.core.device.DeviceId;
import io.berth.core.message.Event;
import io.berth.core.message.EventLog;
import io.berth.core.message.Qos;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The live sessions of this node, one per device: the newest wins. Never blocks; any thread.
public final class Sessions {
    private final ConcurrentHashMap<DeviceId, Session> live = new ConcurrentHashMap<>();
    private final EventLog log;
    private final PresenceListener presence;
    private final InstantSource clock;

    public Sessions(EventLog log, PresenceListener presence, InstantSource clock) {
        this.log = log;
        this.presence = presence;
        this.clock = clock;
    }

    /// Hears of every attach and detach, on the event loop of the session: must not block.
    @FunctionalInterface
    public interface PresenceListener {
        void seen(Session session);

        default void ended(Session session, CloseCause cause) {
            seen(session);
        }
    }

    /// Makes the session the device's only one. An older one is closed, and the device does not go offline in
    /// between.
    public void attach(Session session) {
        @Nullable Session[] older = new Session[1];
        // told in the same step as done: of two threads, the one that comes second is heard second
        live.compute(session.device(), (_, before) -> {
            older[0] = before;
            if (before == null) {
                announce(session, "online", "connected");
            }
            return session;
        });
        presence.seen(session);
        if (older[0] != null) {
            older[0].link().close(CloseCause.TAKEN_OVER);
        }
    }

    /// Ends the session unless a newer one took its place.
    public void detach(Session session, CloseCause cause) {
        live.computeIfPresent(session.device(), (_, now) -> {
            if (!now.equals(session)) {
                return now;
            }
            presence.ended(session, cause);
            announce(session, "offline", cause.name().toLowerCase(Locale.ROOT).replace('_', '-'));
            return null;
        });
    }

    public @Nullable Session find(DeviceId device) {
        return live.get(device);
    }

    public boolean isAttached(DeviceId device) {
        return live.containsKey(device);
    }

    /// To be called by whoever stored messages for a device it saw away, or that came back elsewhere
    /// meanwhile: the session that is live by now may have looked into the store too early.
    public void messagesKept(DeviceId device) {
        Session now = live.get(device);
        if (now != null) {
            now.link().messagesKept();
        }
    }

    public List<Session> ofProduct(String product) {
        return live.values().stream()
                .filter(session -> session.device().product().equals(product))
                .toList();
    }

    public Iterable<Session> all() {
        return live.values();
    }

    public int count() {
        return live.size();
    }

    private void announce(Session session, String status, String cause) {
        if (log.wants(session.device(), Event.Kind.STATUS)) {
            Payload payload = Payload.of("{\"status\":\"" + status + "\",\"cause\":\"" + cause + "\"}");
            log.append(
                    new Event(
                            clock.instant(),
                            session.device(),
                            session.dialect(),
                            Event.Kind.STATUS,
                            null,
                            Qos.AT_LEAST_ONCE,
                            payload),
                    Completion.IGNORED);
        }
    }
}
