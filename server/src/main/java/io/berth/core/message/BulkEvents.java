package io.berth.core.message;

import io.berth.core.Completion;
import io.berth.core.device.DeviceId;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// Tells of many facts at the pace of those who want them: an import, or a start after a crash, knows of more
/// at once than may wait for a disk. Blocking.
public final class BulkEvents {
    private static final int AT_ONCE = 500;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Events events;

    public BulkEvents(Events events) {
        this.events = events;
    }

    public record Told(DeviceId device, Fact fact) {}

    /// False when some could not be told for good; then those after them were not told at all.
    public boolean tell(List<Told> all) {
        for (int from = 0; from < all.size(); from += AT_ONCE) {
            List<Told> some = all.subList(from, Math.min(from + AT_ONCE, all.size()));
            CompletableFuture<Boolean> told = new CompletableFuture<>();
            Completion each = Completion.ofAll(some.size(), failure -> told.complete(failure == null));
            some.forEach(one -> events.tell(one.device(), null, one.fact(), each));
            if (!told.completeOnTimeout(false, PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                    .join()) {
                return false;
            }
        }
        return true;
    }
}
