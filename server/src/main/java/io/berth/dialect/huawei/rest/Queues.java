package io.berth.dialect.huawei.rest;

import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.subscription.ConsumerGroup;
import io.berth.core.subscription.ConsumerGroups;
import java.util.List;
import java.util.Optional;

/// The consumer groups that are the vendor's queues: those that read in its words.
record Queues(ConsumerGroups groups) {
    static final String FORMAT = "huawei";

    List<ConsumerGroup> all() {
        return groups.list().stream().filter(Queues::isQueue).toList();
    }

    /// NOT_FOUND.
    ConsumerGroup get(String id) {
        return found(groups.find(id).filter(queue -> queue.id().equals(id)), id);
    }

    /// NOT_FOUND.
    ConsumerGroup named(String name) {
        return found(groups.find(name), name);
    }

    private static ConsumerGroup found(Optional<ConsumerGroup> group, String asked) {
        return group.filter(Queues::isQueue)
                .orElseThrow(() -> new ProblemException(Problem.NOT_FOUND, "there is no queue \"" + asked + "\""));
    }

    private static boolean isQueue(ConsumerGroup group) {
        return group.format().equals(FORMAT);
    }
}
