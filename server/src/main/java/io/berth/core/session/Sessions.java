package io.berth.core.session;

import io.berth.core.device.Device;
import io.berth.core.device.DeviceId;
import io.berth.core.message.Event;
import io.berth.core.message.Events;
import io.berth.core.message.Fact;
import io.berth.core.message.Origin;
import io.berth.core.topic.TopicFilter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The live sessions of this node, one per device: the newest wins. Never blocks but for [#filters]; any
/// thread.
public final class Sessions {
    /// A stuck connection must not keep whoever asks.
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final ConcurrentHashMap<DeviceId, Session> live = new ConcurrentHashMap<>();
    private final Events events;
    private final List<PresenceListener> presence;

    public Sessions(Events events, PresenceListener presence) {
        this.events = events;
        this.presence = new CopyOnWriteArrayList<>(List.of(presence));
    }

    /// Hears of every attach and detach, on the event loop of the session: must not block.
    @FunctionalInterface
    public interface PresenceListener {
        void seen(Session session);

        default void ended(Session session, CloseCause cause) {
            seen(session);
        }

        /// It is still there: now and then, for whoever keeps when devices were last heard.
        default void stillHere(Session session) {}

        /// The device asked for more topics than before.
        default void subscribed(Session session) {}

        /// It was reset: what it did before does not count.
        default void reset(DeviceId device) {}
    }

    /// One more listener, who needs the sessions to exist first. To be called before any device attaches.
    public void follow(PresenceListener listener) {
        presence.add(listener);
    }

    /// Has a device that was reset count as never seen.
    void reset(DeviceId device) {
        presence.forEach(listener -> listener.reset(device));
    }

    /// Makes the session the device's only one. An older one is closed, and the device does not go offline in
    /// between.
    public void attach(Session session) {
        @Nullable Session[] older = new Session[1];
        // told in the same step as done: of two threads, the one that comes second is heard second
        live.compute(session.device(), (_, before) -> {
            older[0] = before;
            if (before == null) {
                announce(session, true, "connected");
            }
            return session;
        });
        presence.forEach(listener -> listener.seen(session));
        if (older[0] != null) {
            older[0].link().close(CloseCause.TAKEN_OVER);
        }
    }

    /// The same for a session that does not hear, unless the device has one that does: that one stays.
    void attachUnlessConnected(Session session) {
        Session now = live.get(session.device());
        if (session.equals(now) || (now != null && now.link().hears())) {
            return;
        }
        boolean[] attached = new boolean[1];
        live.compute(session.device(), (_, before) -> {
            if (before != null && before.link().hears()) {
                return before;
            }
            attached[0] = true;
            if (before == null) {
                announce(session, true, "connected");
            }
            return session;
        });
        if (attached[0]) {
            presence.forEach(listener -> listener.seen(session));
        }
    }

    /// Ends the session unless a newer one took its place.
    public void detach(Session session, CloseCause cause) {
        boolean[] ended = new boolean[1];
        live.computeIfPresent(session.device(), (_, now) -> {
            if (!now.equals(session)) {
                return now;
            }
            ended[0] = true;
            announce(session, false, cause.name().toLowerCase(Locale.ROOT).replace('_', '-'));
            return null;
        });
        if (ended[0]) {
            presence.forEach(listener -> listener.ended(session, cause));
        }
    }

    /// A front tells that the device hears more than before.
    public void subscribed(Session session) {
        presence.forEach(listener -> listener.subscribed(session));
    }

    /// Whether what comes over the session may be about the device: it is its own, or its gateway's.
    public boolean speaksFor(Session from, DeviceId device) {
        if (from.device().equals(device)) {
            return true;
        }
        Session child = find(device);
        return child != null && from.device().equals(child.gateway());
    }

    public @Nullable Session find(DeviceId device) {
        return live.get(device);
    }

    /// Of a device that is here its session knows, of others what was written down last; null while it never was.
    public @Nullable Instant lastHeard(Device device) {
        Session session = find(device.id());
        return session != null ? session.lastHeard() : device.lastSeen();
    }

    /// What the device hears at the moment; nothing when it is away.
    public List<TopicFilter> filters(DeviceId device) {
        Session session = find(device);
        return session == null
                ? List.of()
                : session.link()
                        .filters()
                        .toCompletableFuture()
                        .completeOnTimeout(List.of(), PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                        .join();
    }

    /// The session over which the device can be told something now, null when it has none.
    public @Nullable Session hearing(DeviceId device) {
        Session session = live.get(device);
        return session != null && session.link().hears() ? session : null;
    }

    /// Whether the device counts as online, be it that nothing can be sent to it.
    public boolean isOnline(DeviceId device) {
        return live.containsKey(device);
    }

    /// Whether the device can be told something now.
    public boolean isAttached(DeviceId device) {
        return hearing(device) != null;
    }

    /// To be called by whoever stored messages for a device it saw away, or that came back elsewhere
    /// meanwhile: the session that is live by now may have looked into the store too early.
    public void messagesKept(DeviceId device) {
        Session now = live.get(device);
        if (now != null) {
            now.link().messagesKept();
        }
    }

    /// Those that hear.
    public List<Session> ofProduct(String product) {
        return live.values().stream()
                .filter(session -> session.device().product().equals(product)
                        && session.link().hears())
                .toList();
    }

    public Iterable<Session> all() {
        return live.values();
    }

    public int count() {
        return live.size();
    }

    /// Tells of those that are still there.
    void call(Predicate<DeviceId> which) {
        // told in the same step as found: an end is heard after it
        live.keySet().stream()
                .filter(which)
                .forEach(device -> live.computeIfPresent(device, (_, session) -> {
                    presence.forEach(listener -> listener.stillHere(session));
                    return session;
                }));
    }

    private void announce(Session session, boolean online, String cause) {
        if (events.wants(session.device(), Event.Kind.STATUS)) {
            events.tell(
                    session.device(),
                    Origin.ofSession(session.dialect(), session.gateway()),
                    new Fact.Status(online, cause, session.since(), session.address()));
        }
    }
}
