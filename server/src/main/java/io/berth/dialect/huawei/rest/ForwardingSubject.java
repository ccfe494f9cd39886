package io.berth.dialect.huawei.rest;

import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.message.Event.Kind;
import io.berth.core.topic.TopicFilter;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What a forwarding rule may be about (spec huawei-iotda 8): a pair of words, which is the topic of the
/// vendor's notifications too.
enum ForwardingSubject {
    DEVICE_CREATED("device", "create", Set.of(Kind.LIFECYCLE)),
    DEVICE_UPDATED("device", "update", Set.of(Kind.LIFECYCLE, Kind.TOPOLOGY)),
    DEVICE_DELETED("device", "delete", Set.of(Kind.LIFECYCLE)),
    DEVICE_STATUS("device.status", "update", Set.of(Kind.STATUS)),
    PROPERTIES("device.property", "report", Set.of(Kind.PROPERTY)),
    MESSAGE("device.message", "report", Set.of(Kind.MESSAGE, Kind.EVENT)),
    MESSAGE_STATUS("device.message.status", "update", Set.of(Kind.COMMAND)),
    COMMAND_STATUS("device.command.status", "update", Set.of(Kind.COMMAND)),
    TASK("batchtask", "update", Set.of(Kind.COMMAND)),
    PRODUCT_CREATED("product", "create", Set.of(Kind.LIFECYCLE)),
    PRODUCT_UPDATED("product", "update", Set.of(Kind.LIFECYCLE)),
    PRODUCT_DELETED("product", "delete", Set.of(Kind.LIFECYCLE));

    private final String resource;
    private final String event;

    @SuppressWarnings("ImmutableEnumChecker") // made by Set.of
    private final Set<Kind> kinds;

    ForwardingSubject(String resource, String event, Set<Kind> kinds) {
        this.resource = resource;
        this.event = event;
        this.kinds = kinds;
    }

    static ForwardingSubject of(String resource, String event) {
        return find(resource + ":" + event)
                .orElseThrow(() ->
                        new ProblemException(Problem.INVALID_ARGUMENT, "nothing is told of " + resource + ":" + event));
    }

    /// The subject of a rule with these topic filters, empty when it is none of one subject.
    static Optional<ForwardingSubject> of(List<TopicFilter> topics) {
        return topics.size() == 1 ? find(topics.getFirst().text()) : Optional.empty();
    }

    private static Optional<ForwardingSubject> find(String topic) {
        return Arrays.stream(values())
                .filter(subject -> subject.topic().equals(topic))
                .findFirst();
    }

    String topic() {
        return resource + ":" + event;
    }

    String resource() {
        return resource;
    }

    String event() {
        return event;
    }

    Set<Kind> kinds() {
        return kinds;
    }
}
