package io.berth.stream.group;

import java.time.Duration;

/// Where consumers come from.
public interface GroupReaders {
    /// Attaches a consumer to the group of this id; NOT_FOUND when there is none, LIMIT_REACHED when it has
    /// as many consumers as it may.
    ///
    /// @param acknowledgeWithin how long a delivery may stay unsettled before it counts as failed; zero for
    /// ever
    Consumer attach(String group, Duration acknowledgeWithin, Consumer.Receiver receiver);
}
