package io.berth.dialect.huawei.rest;

import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.subscription.ConsumerGroup;
import io.berth.core.subscription.ConsumerGroups;
import io.berth.core.subscription.Selection;
import java.util.List;
import java.util.Optional;

/// The consumer groups that are the vendor's queues: those that read in its words.
record Queues(ConsumerGroups groups) {
    private static final String FORMAT = "huawei";

    /// Which the vendor's applications find there without making it (spec huawei-iotda 8.1).
    private static final String DEFAULT = "DefaultQueue";

    ConsumerGroup create(String name) {
        return groups.create(new ConsumerGroups.Draft(name, FORMAT, Selection.NOTHING, ConsumerGroup.Bounds.DEFAULT));
    }

    List<ConsumerGroup> all() {
        return groups.list().stream().filter(Queues::isQueue).toList();
    }

    /// NOT_FOUND.
    ConsumerGroup get(String id) {
        return found(groups.find(id).filter(queue -> queue.id().equals(id)), id);
    }

    /// NOT_FOUND. The default queue is made when it is first asked for.
    ConsumerGroup named(String name) {
        Optional<ConsumerGroup> there = groups.find(name);
        return there.isEmpty() && name.equals(DEFAULT) ? create(DEFAULT) : found(there, name);
    }

    private static ConsumerGroup found(Optional<ConsumerGroup> group, String asked) {
        return group.filter(Queues::isQueue)
                .orElseThrow(() -> new ProblemException(Problem.NOT_FOUND, "there is no queue \"" + asked + "\""));
    }

    private static boolean isQueue(ConsumerGroup group) {
        return group.format().equals(FORMAT);
    }
}
