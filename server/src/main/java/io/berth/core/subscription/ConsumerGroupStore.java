package io.berth.core.subscription;

import java.util.List;

/// Where consumer groups are kept. Blocking; a returned change is durable.
public interface ConsumerGroupStore {
    /// GROUP_EXISTS when the name is taken.
    void insert(ConsumerGroup group);

    List<ConsumerGroup> list();

    /// GROUP_EXISTS when the name is taken; NOT_FOUND when there is no such group.
    void rename(String id, String name);

    /// Deletes the group and where it stood; NOT_FOUND when there is none.
    void delete(String id);
}
