package io.berth.front.coap;

import io.berth.core.device.DeviceId;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps the messages of each device in the order they came, also while one of them takes work that may block: that is
/// done on a virtual thread, and what came after waits its turn. Used on one loop; how much may wait is the user's
/// business.
final class Lanes {
    private static final Logger LOG = LoggerFactory.getLogger(Lanes.class);

    private final CoapLoop loop;
    private final Map<DeviceId, ArrayDeque<Runnable>> busy = new HashMap<>();

    Lanes(CoapLoop loop) {
        this.loop = loop;
    }

    /// Runs the turn now, or when everything of the device before it is done.
    void run(DeviceId device, Runnable turn) {
        ArrayDeque<Runnable> waiting = busy.get(device);
        if (waiting == null) {
            turn.run();
        } else {
            waiting.add(turn);
        }
    }

    /// Does the work of a message whose turn it is, and hands on what it comes to, or `failed`, on the loop.
    <T> void look(DeviceId device, Supplier<T> work, Consumer<T> then, Runnable failed) {
        busy.putIfAbsent(device, new ArrayDeque<>());
        Thread.ofVirtual().name("coap-lane").start(() -> {
            try {
                T found = work.get();
                loop.execute(() -> finish(device, () -> then.accept(found)));
            } catch (RuntimeException | Error e) {
                LOG.error("a message of {} could not be handled", device, e);
                loop.execute(() -> finish(device, failed));
            }
        });
    }

    private void finish(DeviceId device, Runnable then) {
        ArrayDeque<Runnable> waiting = busy.remove(device);
        then.run();
        // each may make the lane busy again, and then the rest goes on waiting
        while (waiting != null && !waiting.isEmpty()) {
            ArrayDeque<Runnable> again = busy.get(device);
            if (again != null) {
                again.addAll(waiting);
                return;
            }
            waiting.remove().run();
        }
    }
}
