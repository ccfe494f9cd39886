package io.berth.core.subscription;

import io.berth.core.subscription.ConsumerGroup.Bounds;
import java.time.Instant;

/// Someone whose place in the event log is kept: a consumer group, or an action of a rule.
///
/// @param id unique among all readers, and the same after a restart
/// @param from what it is told first when it never read before
/// @param inOrder whether the next event of a device waits until the one before it is settled
public record Reader(String id, Selection selection, Bounds bounds, Instant from, boolean inOrder) {
    /// Groups share their events among competing consumers, where no order holds (spec aliyun-openapi 4.2).
    public static Reader of(ConsumerGroup group) {
        return new Reader(
                group.id(), group.selection().withInboxOf(group.id()), group.bounds(), group.created(), false);
    }
}
