package io.berth.testing;

import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.subscription.ConsumerGroup;
import io.berth.core.subscription.ConsumerGroupStore;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Consumer groups in memory.
public final class MemoryConsumerGroups implements ConsumerGroupStore {
    private final Map<String, ConsumerGroup> byName = new TreeMap<>();

    @Override
    public synchronized void insert(ConsumerGroup group) {
        if (byName.putIfAbsent(group.name(), group) != null) {
            throw new ProblemException(Problem.GROUP_EXISTS, "a group is called " + group.name() + " already");
        }
    }

    @Override
    public synchronized List<ConsumerGroup> list() {
        return List.copyOf(byName.values());
    }

    @Override
    public synchronized void rename(String id, String name) {
        ConsumerGroup group = byName.values().stream()
                .filter(each -> each.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new ProblemException(Problem.NOT_FOUND, "there is no group " + id));
        ConsumerGroup other = byName.get(name);
        if (other != null && !other.id().equals(id)) {
            throw new ProblemException(Problem.GROUP_EXISTS, "a group is called " + name + " already");
        }
        byName.remove(group.name());
        byName.put(
                name, new ConsumerGroup(id, name, group.format(), group.selection(), group.bounds(), group.created()));
    }

    @Override
    public synchronized void delete(String id) {
        if (!byName.values().removeIf(group -> group.id().equals(id))) {
            throw new ProblemException(Problem.NOT_FOUND, "there is no group " + id);
        }
    }
}
