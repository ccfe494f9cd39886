package io.berth.core.message;

import io.berth.core.device.DeviceId;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Lets people watch events as they happen. What happened before is not told, and a slow watcher loses the
/// oldest.
public interface EventFeed {
    /// Begins to watch; OVERLOADED when too many do.
    Watch watch(Filter filter);

    /// One watcher's end of the feed; one thread at a time.
    interface Watch extends AutoCloseable {
        /// Waits for events until `timeout` is over; then, and at the end of the feed, the batch is empty.
        Batch next(Duration timeout) throws InterruptedException;

        /// False once the feed has ended and everything was told.
        boolean isOpen();

        @Override
        void close();
    }

    /// @param dropped how many events were lost before these
    record Batch(List<Event> events, long dropped) {}

    /// What a watcher wants to see.
    ///
    /// @param product null for all products
    /// @param device a device name, null for all devices
    /// @param kinds empty for all kinds
    record Filter(@Nullable String product, @Nullable String device, Set<Event.Kind> kinds) {
        public Filter {
            kinds = Set.copyOf(kinds);
        }

        public boolean matches(Event event) {
            return event.device() == null
                    ? matches(event.product(), event.kind())
                    : matches(event.device(), event.kind());
        }

        /// Whether events about a product as a whole are wanted.
        public boolean matches(String id, Event.Kind kind) {
            return (product == null || product.equals(id))
                    && device == null
                    && (kinds.isEmpty() || kinds.contains(kind));
        }

        public boolean matches(DeviceId id, Event.Kind kind) {
            return (product == null || product.equals(id.product()))
                    && (device == null || device.equals(id.name()))
                    && (kinds.isEmpty() || kinds.contains(kind));
        }
    }
}
