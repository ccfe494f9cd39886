package io.berth.core.route;

import java.util.List;

/// Where routes are kept. Routes go with the devices at either end. Blocking.
public interface TopicRouteStore {
    /// In the order in which they were made.
    List<TopicRoute> list();

    /// DEVICE_NOT_FOUND when one of the two devices is gone.
    void put(TopicRoute route);

    void delete(TopicRoute route);
}
