package io.berth.stream.amqp;

import io.berth.core.caller.Rights;
import io.berth.core.subscription.ConsumerGroup;
import java.util.Optional;

/// Finds consumer groups by what logins and source addresses call them. May block; any thread.
@FunctionalInterface
public interface GroupNames {
    /// Empty also when it is out of the rights' reach.
    ///
    /// @param name a group's name or its id
    Optional<ConsumerGroup> find(String name, Rights rights);
}
