package io.berth.stream.amqp;

import io.berth.core.message.EventFormat;
import io.berth.core.message.Notification;
import io.berth.stream.group.Consumer.Delivered;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.apache.qpid.protonj2.buffer.ProtonBuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes the events of one link as messages, in order, on a virtual thread that lives while there are any: a format
/// may look into the registry, for which neither an event loop nor the group's engine can wait. What waits here is
/// bounded by what the link asked for.
final class Rendering {
    private static final Logger LOG = LoggerFactory.getLogger(Rendering.class);

    private final EventFormat format;
    private final Messages messages;
    private final Consumer<List<Rendered>> then;
    private final Queue<Delivered> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger left = new AtomicInteger();

    /// @param then hears of what was written, on the thread of the rendering
    Rendering(EventFormat format, Messages messages, Consumer<List<Rendered>> then) {
        this.format = format;
        this.messages = messages;
        this.then = then;
    }

    /// An event in its subscriber's words.
    sealed interface Rendered {
        long tag();

        record Told(long tag, List<ProtonBuffer> messages) implements Rendered {}

        /// The format has no words for it.
        record Wordless(long tag) implements Rendered {}

        /// It could not be written; the log has the cause.
        record Broken(long tag) implements Rendered {}
    }

    /// Takes the event over. Any thread; never blocks.
    void add(Delivered delivered) {
        waiting.add(delivered);
        if (left.getAndIncrement() == 0) {
            Thread.ofVirtual().name("amqp rendering").start(this::run);
        }
    }

    private void run() {
        int done = 0;
        do {
            List<Rendered> rendered = new ArrayList<>();
            for (Delivered next; (next = waiting.poll()) != null; ) {
                rendered.add(render(next));
            }
            done = rendered.size();
            if (done > 0) {
                then.accept(rendered);
            }
        } while (left.addAndGet(-done) > 0);
    }

    private Rendered render(Delivered delivered) {
        try {
            List<Notification> notifications = format.write(delivered.event());
            if (notifications.isEmpty()) {
                return new Rendered.Wordless(delivered.tag());
            }
            List<ProtonBuffer> written = new ArrayList<>(notifications.size());
            for (int part = 0; part < notifications.size(); part++) {
                written.add(messages.write(delivered.event(), delivered.attempts(), notifications.get(part), part));
            }
            return new Rendered.Told(delivered.tag(), written);
        } catch (RuntimeException e) {
            LOG.error(
                    "the event {} of {} could not be written as {}",
                    delivered.event().id(),
                    delivered.event().product(),
                    format.name(),
                    e);
            return new Rendered.Broken(delivered.tag());
        }
    }
}
