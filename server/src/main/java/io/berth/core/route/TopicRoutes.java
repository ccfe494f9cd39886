package io.berth.core.route;

import static io.berth.core.ProblemException.require;

import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.device.DeviceId;
import io.berth.core.message.Delivery;
import io.berth.core.message.Downlink;
import io.berth.core.message.Uplink;
import io.berth.core.session.Messages;
import io.berth.core.session.Session;
import io.berth.core.session.Uplinks;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/// The routes there are, all of them in memory too: a message must not wait for the store. Changes block; any
/// thread.
public final class TopicRoutes implements Uplinks.MessageListener {
    private final TopicRouteStore store;
    private final Messages messages;
    private final Limits limits;
    private final ConcurrentHashMap<DeviceTopic, List<DeviceTopic>> destinations = new ConcurrentHashMap<>();

    public TopicRoutes(TopicRouteStore store, Messages messages, Limits limits) {
        this.store = store;
        this.messages = messages;
        this.limits = limits;
        store.list().forEach(this::remember);
    }

    /// The `topic-routes.…` keys.
    ///
    /// @param perTopic destinations of one topic
    /// @param most routes in all
    public record Limits(int perTopic, int most) {
        /// The first is of spec aliyun-openapi 3.2.
        public static final Limits DEFAULT = new Limits(100, 100_000);

        public Limits {
            require(perTopic >= 1 && perTopic <= 1_000, "topic-routes.per-topic is 1 to 1000");
            require(most >= 1, "topic-routes.most is at least 1");
        }
    }

    /// In force when it returns; one that is there already stays. DEVICE_NOT_FOUND; LIMIT_REACHED.
    public synchronized void add(TopicRoute route) {
        List<DeviceTopic> known = destinations(route.source());
        if (known.contains(route.destination())) {
            return;
        }
        if (known.size() >= limits.perTopic()) {
            throw new ProblemException(
                    Problem.LIMIT_REACHED, "a topic is routed to at most " + limits.perTopic() + " others");
        }
        if (count() >= limits.most()) {
            throw new ProblemException(Problem.LIMIT_REACHED, "there are " + limits.most() + " routes already");
        }
        store.put(route);
        remember(route);
    }

    /// NOT_FOUND.
    public synchronized void remove(TopicRoute route) {
        if (!destinations(route.source()).contains(route.destination())) {
            throw new ProblemException(
                    Problem.NOT_FOUND,
                    route.source().topic() + " is not routed to "
                            + route.destination().topic());
        }
        store.delete(route);
        leave(route.source(), List.of(route.destination()));
    }

    /// Where the topic leads, in the order in which the routes were made.
    public List<DeviceTopic> destinations(DeviceTopic source) {
        return destinations.getOrDefault(source, List.of());
    }

    /// What leads to the topic, by name.
    public List<DeviceTopic> sources(DeviceTopic destination) {
        return destinations.entrySet().stream()
                .filter(entry -> entry.getValue().contains(destination))
                .map(Map.Entry::getKey)
                .sorted(Comparator.comparing(DeviceTopic::topic))
                .toList();
    }

    /// The device is gone, and the store knows: nothing leads from it or to it any more.
    public synchronized void forget(DeviceId device) {
        destinations.keySet().removeIf(source -> source.device().equals(device));
        destinations.forEach((source, known) -> {
            List<DeviceTopic> gone =
                    known.stream().filter(each -> each.device().equals(device)).toList();
            if (!gone.isEmpty()) {
                leave(source, gone);
            }
        });
    }

    /// Copies are as certain as the message, where their device hears them at all.
    @Override
    public void received(Session session, Uplink.Message message) {
        if (destinations.isEmpty()) {
            return;
        }
        for (DeviceTopic destination : destinations(new DeviceTopic(session.device(), message.topic()))) {
            Downlink.Message copy = new Downlink.Message(destination.topic(), message.qos(), message.payload());
            messages.send(destination.device(), null, copy, Delivery.UNWATCHED);
        }
    }

    private int count() {
        return destinations.values().stream().mapToInt(List::size).sum();
    }

    private void remember(TopicRoute route) {
        destinations.merge(
                route.source(),
                List.of(route.destination()),
                (before, more) -> Stream.of(before, more).flatMap(List::stream).toList());
    }

    private void leave(DeviceTopic source, List<DeviceTopic> gone) {
        destinations.computeIfPresent(source, (_, known) -> {
            List<DeviceTopic> left = new ArrayList<>(known);
            left.removeAll(gone);
            return left.isEmpty() ? null : List.copyOf(left);
        });
    }
}
