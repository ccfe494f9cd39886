package io.berth.dialect.aliyun.openapi;

import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.subscription.ConsumerGroup;
import io.berth.core.subscription.ConsumerGroup.Bounds;
import io.berth.core.subscription.ConsumerGroups;
import io.berth.core.subscription.Readers;
import io.berth.core.subscription.Relations;
import io.berth.core.subscription.Selection;
import java.util.List;
import java.util.Optional;

/// The consumer groups that are told in this vendor's words; the others do not exist for its applications.
/// `DEFAULT_GROUP` is made when somebody asks for it or for all.
record VendorGroups(ConsumerGroups groups, Relations relations) {
    private static final String DEFAULT = "DEFAULT_GROUP";
    private static final String FORMAT = "aliyun";

    /// Hears nothing until a product is told to tell it.
    ConsumerGroup create(String name) {
        return groups.create(new ConsumerGroups.Draft(name, FORMAT, Selection.NOTHING, Bounds.DEFAULT));
    }

    ConsumerGroup get(String id) {
        Optional<ConsumerGroup> found =
                groups.find(id).filter(group -> group.format().equals(FORMAT));
        if (found.isEmpty() && id.equals(DEFAULT)) {
            return create(DEFAULT);
        }
        return found.filter(group -> idOf(group).equals(id))
                .orElseThrow(() -> new ProblemException(Problem.NOT_FOUND, "there is no consumer group " + id));
    }

    /// What applications know it by.
    static String idOf(ConsumerGroup group) {
        return group.name().equals(DEFAULT) ? DEFAULT : group.id();
    }

    List<ConsumerGroup> list() {
        if (groups.find(DEFAULT).isEmpty()) {
            var _ = create(DEFAULT);
        }
        return groups.list().stream()
                .filter(group -> group.format().equals(FORMAT))
                .toList();
    }

    void rename(String id, String name) {
        groups.rename(own(id).id(), name);
    }

    void delete(String id) {
        ConsumerGroup group = own(id);
        if (relations.names(group)) {
            throw new ProblemException(Problem.GROUP_NOT_EMPTY, "a product tells group " + id + ": delete that first");
        }
        groups.delete(group.id());
    }

    void skip(String id) {
        groups.skip(get(id).id());
    }

    Readers.Progress progress(String id) {
        return groups.progress(get(id));
    }

    /// One that whoever calls may change.
    private ConsumerGroup own(String id) {
        if (id.equals(DEFAULT)) {
            throw new ProblemException(Problem.INVALID_ARGUMENT, DEFAULT + " is built in");
        }
        return get(id);
    }
}
