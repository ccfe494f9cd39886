package io.berth.stream.group;

import io.berth.core.message.Event;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/// Lets one event of a device out at a time: the others stand in line behind it. Under the lock of the run.
final class DeviceOrder {
    /// By the device, or by the product where an event is about none.
    private final Map<Object, Queue<Pending>> lines = new HashMap<>();

    /// Whether it is the event's turn; else it stands in line.
    boolean admit(Pending pending) {
        Object who = who(pending.event());
        Queue<Pending> line = lines.get(who);
        if (line != null) {
            line.add(pending);
            return false;
        }
        lines.put(who, new ArrayDeque<>(1));
        pending.hasTurn = true;
        return true;
    }

    /// Ends the event's turn; whose turn it is now.
    @Nullable
    Pending next(Pending pending) {
        if (!pending.hasTurn) {
            return null;
        }
        pending.hasTurn = false;
        Object who = who(pending.event());
        Queue<Pending> line = lines.get(who);
        for (Pending next = poll(line); next != null; next = poll(line)) {
            if (next.state == Pending.State.WAITING) {
                next.hasTurn = true;
                return next;
            }
        }
        lines.remove(who);
        return null;
    }

    void clear() {
        lines.clear();
    }

    private static @Nullable Pending poll(@Nullable Queue<Pending> line) {
        return line == null ? null : line.poll();
    }

    private static Object who(Event event) {
        return Objects.requireNonNullElse(event.device(), event.product());
    }
}
