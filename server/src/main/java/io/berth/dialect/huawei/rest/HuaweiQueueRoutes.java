package io.berth.dialect.huawei.rest;

import static io.berth.core.ProblemException.require;

import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.Value;
import io.berth.core.rule.Rule;
import io.berth.core.rule.Rules;
import io.berth.core.subscription.ConsumerGroup;
import io.berth.core.subscription.ConsumerGroups;
import io.berth.dialect.huawei.HuaweiStamp;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Queues that applications read over AMQP (spec huawei-iotda 7.6): consumer groups that get what rules put
/// into them, and nothing else.
final class HuaweiQueueRoutes {
    private static final int MAX_QUEUES = 100;

    private final ConsumerGroups groups;
    private final Queues queues;
    private final Rules rules;

    HuaweiQueueRoutes(RestServices services) {
        this.groups = services.consumerGroups();
        this.queues = new Queues(groups);
        this.rules = services.forwarding().rules();
    }

    record NewQueue(String queueName) {}

    record QueueOnly(String queueId) {}

    record Wanted(
            @Nullable String queueName,
            @Nullable Integer limit,
            @Nullable String marker,
            @Nullable Integer offset) {}

    record Shown(String queueId, String queueName, String createTime, String lastModifyTime) {}

    record ShownList(List<Shown> queues, Paging.Shown page) {}

    Shown add(RestCall<NewQueue> call) {
        call.sight().demandAllSpaces();
        if (queues.all().size() >= MAX_QUEUES) {
            throw new ProblemException(Problem.LIMIT_REACHED, "there are at most " + MAX_QUEUES + " queues");
        }
        return shown(queues.create(call.input().queueName()));
    }

    ShownList list(RestCall<Wanted> call) {
        Wanted wanted = call.input();
        Paging paging = Paging.of(wanted.limit(), wanted.marker(), wanted.offset());
        List<ConsumerGroup> all = queues.all().stream()
                .filter(queue -> wanted.queueName() == null || queue.name().contains(wanted.queueName()))
                .toList();
        var part = paging.of(all, HuaweiQueueRoutes::marker, HuaweiQueueRoutes::shown);
        return new ShownList(part.items(), part.page());
    }

    Shown show(RestCall<QueueOnly> call) {
        return shown(queues.get(call.input().queueId()));
    }

    /// Refused while somebody reads it or a rule writes to it.
    @Nullable
    Void delete(RestCall<QueueOnly> call) {
        call.sight().demandAllSpaces();
        ConsumerGroup queue = queues.get(call.input().queueId());
        require(groups.progress(queue).consumers().isEmpty(), "somebody reads queue " + queue.name());
        rules.list().stream()
                .filter(rule -> rule.actions().stream().anyMatch(action -> isTo(queue, action)))
                .findFirst()
                .ifPresent(rule -> {
                    throw new ProblemException(
                            Problem.INVALID_ARGUMENT,
                            "rule " + rule.name() + " puts messages into queue " + queue.name());
                });
        groups.delete(queue.id());
        return null;
    }

    private static boolean isTo(ConsumerGroup queue, Rule.Action action) {
        return action.kind().equals(Channel.AMQP_FORWARDING.kind())
                && action.settings().get("group") instanceof Value.Text(String group)
                && (group.equals(queue.name()) || group.equals(queue.id()));
    }

    private static Shown shown(ConsumerGroup group) {
        String created = HuaweiStamp.seconds(group.created());
        return new Shown(group.id(), group.name(), created, created);
    }

    private static String marker(ConsumerGroup group) {
        return Paging.marker(group.created(), group.id());
    }
}
